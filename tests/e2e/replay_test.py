"""`bulkhead replay RUN#TRIAL`: the trial again, how often it shows the same, and the evidence of it."""

import json
import os
import re
import shutil
import signal
import unittest

from lab import Lab, children, claim, plugin

RACE = claim(names='["race-plain-shared"]', vehicles='["fork"]', quantifier='"may"', target=None,
             violation=None) + 'witness = "updates-lost"\n'
RATE = re.compile(r"^(\S+): shown (again )?in (\d+) of (\d+), rate from .* % to .* % at 95 % confidence(.*)$",
                  re.MULTILINE)


class Replay(Lab):
    def stored(self, text=None, *arguments, code=0):
        self.write("my-lab.toml", text or claim())
        said, directory = self.run_claims("my-lab.toml", *arguments)
        if code is not None:
            self.assert_code(said, code)
        return directory

    def trial_of(self, directory, key):
        return next(c[key] for v in self.results(directory)["verdicts"] for c in v["cells"])

    def replay(self, trial, *arguments, **how):
        return self.bulkhead("replay", trial, "-o", self.path("replay"), *arguments, **how)

    def rates(self, said):
        return [(again != "", int(k), int(n)) for _, again, k, n, _ in RATE.findall(said.out)]

    def test_ACrashIsTheSameInEachRepetition(self):
        directory = self.stored()
        said = self.replay(f"{directory}#{self.trial_of(directory, 'typical')}", "--times", "5", "--expect-same")
        self.assert_code(said, 0)
        self.assertEqual([f"{i}/5 same" for i in range(1, 6)], [line for line in said.lines if "/5 " in line])
        self.assertIn("same in 5 of 5", said.lines)
        self.assertEqual([(False, 0, 5)], self.rates(said))
        self.assertIn("victim signaled SIGABRT (self); bystander 1 intact", said.lines[1])
        self.assertIn("--same-layout", said.err)
        self.assertEqual({"planned": 5, "executed": 5, "skipped": 0, "broken": 0}, said.accounting)
        self.assertEqual([], children())

    def test_EachControlIsRepeatedInItsArm(self):
        directory = self.stored()
        records = map(json.loads, self.bulkhead("report", directory, "--format", "journal").lines)
        trials = {(r["arm"], r["hit"]): r["trial"] for r in records if r["kind"] == "trial"}
        arms = {}
        for number in trials.values():
            shutil.rmtree(self.path("replay"), ignore_errors=True)
            said = self.replay(f"{directory}#{number}", "--expect-same")
            self.assert_code(said, 0)
            arms[said.lines[0].split(", ")[1]] = said
        self.assertEqual({"treatment", "no-fault", "positive (kill)", "positive (corrupt)", "positive (stop)"},
                         set(arms))
        for arm, said in arms.items():
            with self.subTest(arm):
                self.assertEqual(arm != "treatment", "control: 1 of 1 behaved as they must" in said.lines, str(said))

    def test_ARaceHasARate(self):
        directory = self.stored(RACE, "--trials", "40", code=None)
        witness = self.trial_of(directory, "witness")
        if witness is None:
            self.skipTest("no update was lost on this machine")
        for layout in ([], ["--same-layout"]):
            with self.subTest(layout):
                shutil.rmtree(self.path("replay"), ignore_errors=True)
                said = self.replay(f"{directory}#{witness}", "--times", "50", *layout)
                self.assert_code(said, 0)
                (again, found, counted), = self.rates(said)
                self.assertTrue(again)
                self.assertEqual(50, counted)
                self.assertEqual(found, int(re.search(r"^same in (\d+) of 50$", said.out, re.M).group(1)))
                cell = self.results(self.path("replay"))["verdicts"][0]["cells"][0]
                self.assertEqual(found, cell["found"])
                self.assertEqual(1 if layout else 50, cell["blocks"])

    def test_TheEvidenceIsARunThatIsJudgedAndReplayedAgain(self):
        directory = self.stored()
        # The first trial may be a control, and those decide nothing.
        treatment = self.trial_of(directory, "typical")
        self.assert_code(self.replay(f"{directory}#{treatment}", "--times", "70"), 0)
        judged = self.bulkhead("judge", "replay")
        self.assert_code(judged, 0)
        self.assertNotIn("supported", [v["outcome"] for v in judged.records("verdict")],
                         "seventy times one trial is no experiment")
        self.assert_code(self.bulkhead("report", "replay"), 0)
        again = self.bulkhead("replay", "replay#70", "-o", "again", "--expect-same")
        self.assert_code(again, 0)

    def test_ARunThatWasSentElsewhereIsFoundByItsId(self):
        directory = self.stored()
        run_id = self.results(directory)["run"]["id"]
        self.assert_code(self.replay(f"{run_id}#1"), 0)
        self.assert_refused(self.bulkhead("replay", run_id[:-1] + "#1"), "no such run")

    def test_LatestStaysWhatItIs(self):
        self.write("my-lab.toml", claim())
        self.assert_code(self.bulkhead("run", "my-lab.toml"), 0)
        latest = os.readlink(self.path("bulkhead-runs", "latest"))
        self.assert_code(self.bulkhead("replay", "latest#1"), 0)
        self.assertEqual(latest, os.readlink(self.path("bulkhead-runs", "latest")))
        self.assertEqual(3, len(os.listdir(self.path("bulkhead-runs"))))

    def test_WhatIsNoTrialIsRefusedAndWritesNothing(self):
        directory = self.stored()
        known = os.listdir(self.place)
        for asked, fragment in ((directory, "accepted: RUN#TRIAL"), ("#3", "accepted: RUN#TRIAL"),
                                (directory + "#", "accepted: RUN#TRIAL"), (directory + "#x", "accepted: RUN#TRIAL"),
                                (directory + "#0", "accepted: RUN#TRIAL"), (directory + "#99999", "no trial 99999"),
                                ("nowhere#1", "no such run"), ("my-lab.toml#1", "my-lab.toml")):
            with self.subTest(asked):
                self.assert_refused(self.bulkhead("replay", asked), fragment, "accepted")
        self.assert_refused(self.bulkhead("replay", directory + "#1", "--times", "0"), "--times")
        self.assertEqual(sorted(known), sorted(os.listdir(self.place)))

    def test_AnotherPluginOfTheNameIsNoticed(self):
        directory = self.stored(claim(names='["e2e-sound"]'), "--plugin", plugin("sound"))
        self.assert_refused(self.replay(directory + "#1"), '"e2e-sound"', "--plugin FILE")
        same = self.replay(directory + "#1", "--plugin", plugin("sound"))
        self.assert_code(same, 0)
        self.assertNotIn("SHA-256", same.err)
        with open(plugin("sound"), "rb") as file, open(self.path("mine.so"), "wb") as changed:
            changed.write(file.read() + b"\0")
        shutil.rmtree(self.path("replay"))
        said = self.replay(directory + "#1", "--plugin", "mine.so")
        self.assert_code(said, 0)
        self.assertIn("mine.so is not that of the run: its SHA-256 is ", said.err)

    def test_APluginThatCannotRunLeavesTheCodeAt4(self):
        os.mkdir(self.path("mine"))
        shutil.copy(plugin("sound"), self.path("mine", "e2e-sound.so"))
        directory = self.stored(claim(names='["e2e-sound"]'), "--scenarios", "mine")
        shutil.copy(plugin("crashes_in_constructor"), self.path("mine", "e2e-sound.so"))
        self.assert_refused(self.replay(directory + "#1", "--scenarios", "mine"), "e2e-sound.so", "cannot be used", code=4)

    def test_ADifferenceIsSaidAndExpectSameMinds(self):
        directory = self.stored(RACE, "--trials", "40", code=None)
        if self.trial_of(directory, "witness") is None:
            self.skipTest("no update was lost on this machine")
        said = self.replay(f"{directory}#{self.trial_of(directory, 'witness')}", "--times", "20", "--expect-same")
        different = [line for line in said.lines if "/20 different: " in line]
        self.assert_code(said, 1 if different else 0)
        for line in different:
            self.assertIn("not shown, was shown", line)

    def test_WhereNothingCanBeCarriedOutTheCodeIs4(self):
        directory = self.stored(claim(names='["race-plain-two-cpus"]', vehicles='["thread"]'), "--trials", "3", code=None)
        said = self.replay(directory + "#1", "--times", "2", prefix=("taskset", "-c", "0"))
        self.assert_code(said, 4)
        self.assertIn("2/2 not carried out: ", said.lines[3])
        self.assertEqual(2, said.accounting["broken"])

    def test_SigintLeavesTheEvidenceOfWhatWasDone(self):
        directory = self.stored()
        process = self.start("replay", directory + "#1", "--times", "10000", "-o", "replay")
        process.stdout.readline()
        journal = self.journal(self.path("replay"))
        while process.poll() is None and not (os.path.exists(journal) and os.path.getsize(journal) > 20000):
            pass
        process.send_signal(signal.SIGINT)
        said = self.finish(process)
        self.assert_code(said, 130)
        self.assertGreater(said.accounting["skipped"], 0)
        self.assertGreater(said.accounting["executed"], 0)
        self.assertEqual(said.accounting, self.bulkhead("judge", "replay").accounting)
        self.assertEqual([], children())


if __name__ == "__main__":
    unittest.main()
