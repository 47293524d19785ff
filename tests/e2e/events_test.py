"""`run --message-format json`: the stream of events, its schema, SIGUSR1, and who reads beside it."""

import json
import os
import signal
import subprocess
import sys
import unittest

from lab import BULKHEAD, CLAIM_ID, SOURCE, Lab, accounting, claim, children, eventually, plugin, reap_adopted

SIGUSR1_BIT = 1 << (signal.SIGUSR1 - 1)


def load_schema(name):
    with open(os.path.join(SOURCE, "reports", "schema", name), encoding="utf-8") as file:
        return json.load(file)


def offspring(pid):
    """All descendants of a process, by the kernel's word."""
    found = []
    try:
        for task in os.listdir(f"/proc/{pid}/task"):  # each job is a thread
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                for child in map(int, file.read().split()):
                    found += [child, *offspring(child)]
    except (FileNotFoundError, ProcessLookupError):
        pass
    return found


def signals_of(pid):
    """{'SigBlk': ..., 'SigIgn': ...}; empty when the process is gone."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii", errors="replace") as file:
            fields = dict(line.split(":", 1) for line in file if ":" in line)
    except (FileNotFoundError, ProcessLookupError):
        return {}
    return {key: int(fields[key], 16) for key in ("SigBlk", "SigIgn") if key in fields}


class Events(Lab):
    def setUp(self):
        super().setUp()
        reap_adopted()
        self.directory = self.path("run")
        self.write("my-lab.toml", claim())

    whole = None

    def stream(self):
        """(what was said, its events, results.json, files) of a whole run, which all tests share."""
        if Events.whole is None:
            said = self.bulkhead("run", "my-lab.toml", "--message-format", "json", "--lang", "id", "--plugin",
                                 plugin("endless"), "-o", self.directory)
            events = [json.loads(line) for line in said.lines]
            Events.whole = said, events, self.results(self.directory), sorted(os.listdir(self.directory))
        return Events.whole

    def start_endless(self, *arguments):
        """A run whose first trial lasts until its timeout of an hour."""
        self.write("endless.toml", claim(names='["e2e-endless"]'))
        return self.start("run", "endless.toml", "--plugin", plugin("endless"), "--timeout", "60m", "--jobs", "1",
                          "-o", self.directory, *arguments)

    def until(self, process, event):
        """The next events of the stream, up to the first of that name."""
        events = []
        for line in iter(process.stdout.readline, ""):
            events.append(json.loads(line))
            if events[-1]["event"] == event:
                return events
        self.fail(f"the stream ended without {event}: {[e['event'] for e in events]}")

    def stop(self, process):
        """Both Ctrl-C's; what was still said on stdout, and on stderr."""
        process.send_signal(signal.SIGINT)
        eventually("the first answer", lambda: process.poll() is not None or self.until(process, "notice"))
        process.send_signal(signal.SIGINT)
        return self.finish(process)

    def assert_valid(self, events):
        try:
            import jsonschema
        except ImportError:
            self.skipTest(f"{sys.executable} has no jsonschema (python3-jsonschema)")
        schema, results = load_schema("events-1.schema.json"), load_schema("results-1.schema.json")
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        resolver = jsonschema.RefResolver.from_schema(schema, store={results["$id"]: results})
        validator = kind(schema, resolver=resolver)
        for event in events:
            self.assertEqual([], [error.message for error in validator.iter_errors(event)], event["event"])
        wrong = dict(events[0], surprise=1)
        self.assertNotEqual([], list(validator.iter_errors(wrong)), "the schema knows the keys")

    def test_EveryLineOfARealStreamIsOfTheSchema(self):
        said, events, _, _ = self.stream()
        self.assert_code(said, 0)
        self.assert_valid(events)

    def test_TheStreamBeginsAndEndsAndLosesNothing(self):
        said, events, _, files = self.stream()
        self.assertEqual("run-started", events[0]["event"])
        self.assertEqual("run-finished", events[-1]["event"])
        self.assertEqual(list(range(1, len(events) + 1)), [event["number"] for event in events])
        self.assertEqual(sorted(event["at_ns"] for event in events), [event["at_ns"] for event in events])
        self.assertEqual([CLAIM_ID], events[0]["claims"])
        end = events[-1]
        self.assertEqual(said.code, end["exit_code"])
        self.assertEqual(files, end["files"])
        self.assertIn("results.json", files)

    def test_VerdictsAndAccountsAreThoseOfTheResults(self):
        _, events, results, _ = self.stream()
        decided = [event["verdict"] for event in events if event["event"] == "claim-decided"]
        self.assertEqual(results["verdicts"], decided)
        self.assertEqual(results["accounting"], events[-1]["accounting"])
        self.assertEqual(1, events[-1]["outcomes"]["supported"])

    def test_PeopleReadOnStderr(self):
        said, _, _, _ = self.stream()
        self.assertIsNotNone(accounting(said.err.splitlines()[-1]), said.err)
        self.assertIn(f"verdict outcome=supported claim={CLAIM_ID}", said.err)

    def test_AReaderThatGoesAwayStopsNothing(self):
        process = subprocess.Popen([BULKHEAD, "run", "my-lab.toml", "--message-format", "json", "-o", self.directory],
                                   cwd=self.place, env=self.environment(), stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        process.stdout.close()
        err = process.stderr.read()
        process.stderr.close()
        self.assertEqual(0, process.wait(), err)
        self.assertEqual("supported", self.outcome(self.directory, CLAIM_ID))

    def test_NothingOfItIsTranslated(self):
        said, events, _, _ = self.stream()  # with --lang id
        verdict, = (event["verdict"] for event in events if event["event"] == "claim-decided")
        self.assertTrue(verdict["sentence"].startswith("No counterexample in "), verdict["sentence"])
        self.assertIn(" expected=yes", said.err, "records are not translated, either")

    def test_APlanAloneHasNoEvents(self):
        self.assert_refused(self.bulkhead("run", "my-lab.toml", "--message-format", "json", "--dry-run"), "--dry-run")

    def test_EventsComeWhileItRunsAndASlowTrialIsNamed(self):
        process = self.start_endless("--message-format", "json")
        events = self.until(process, "trial-slow")
        at = [event["at_ns"] for event in events if event["event"] == "progress"]
        self.assertGreaterEqual(len(at), 2)
        for earlier, later in zip(at, at[1:]):
            self.assertGreaterEqual(later - earlier, 0.99e9, "at most once a second")
        slow = events[-1]
        self.assertEqual("e2e-endless/fork", slow["cell"])
        self.assertGreaterEqual(slow["for_ns"], 3e9)
        said = self.stop(process)
        self.assertIn("slow cell=e2e-endless/fork trial=1 ", said.err)
        self.assertEqual(1, said.err.count("slow cell="), "once")
        last = json.loads(said.lines[-1])
        self.assertEqual("run-finished", last["event"])
        self.assertTrue(last["interrupted"])
        self.assertEqual(130, last["exit_code"])
        self.assert_code(said, 130)
        self.assert_valid(events + [last])

    def all_units(self, process):
        """A zygote, a victim, its bystanders."""
        return eventually("units of the endless trial", lambda: len(offspring(process.pid)) >= 3
                          and offspring(process.pid))

    def test_SigusrOneIsAnsweredWithWhatRunsNow(self):
        process = self.start_endless("--message-format", "json")
        units = self.all_units(process)
        process.send_signal(signal.SIGUSR1)
        events = self.until(process, "run-status")
        running, = events[-1]["running"]
        self.assertEqual(("e2e-endless/fork", 1), (running["cell"], running["trial"]))
        self.assertEqual("victim", running["units"][0]["unit"])
        self.assertEqual("starting", running["units"][0]["stage"])
        self.assertIn(running["units"][0]["pid"], [*units, None])
        said = self.stop(process)
        self.assertIn("job 0: trial 1, e2e-endless/fork", said.err)
        self.assertIn("is being set up", said.err)
        self.assert_valid(events)
        self.assertEqual([], children())

    def test_SigusrOneIsAnsweredInPlainWordsOnStderr(self):
        process = self.start_endless("--quiet")
        self.all_units(process)
        process.send_signal(signal.SIGUSR1)
        line = process.stderr.readline()
        self.assertRegex(line, r"^running for [0-9.]+ s: 0 of \d+ trials done \(0 %\), 1 in flight$")
        process.send_signal(signal.SIGINT)
        eventually("the first answer", lambda: "once more" in process.stdout.readline())
        process.send_signal(signal.SIGINT)
        said = self.finish(process)
        self.assertNotIn("running for", said.out)
        self.assert_code(said, 130)

    def test_NoUnitInheritsWhatTheSupervisorDoesWithSigusrOne(self):
        process = self.start_endless()
        for pid in self.all_units(process):
            for what, mask in signals_of(pid).items():
                self.assertEqual(0, mask & SIGUSR1_BIT, f"{what} of {pid}")
        self.assertEqual(SIGUSR1_BIT, signals_of(process.pid)["SigBlk"] & SIGUSR1_BIT)

    def test_AQuestionBeforeTheFirstTrialEndsNothing(self):
        process = self.start("run", "my-lab.toml", "--trials", "1", "-o", self.directory)
        eventually("it holds the signal", lambda: signals_of(process.pid).get("SigBlk", 0) & SIGUSR1_BIT)
        process.send_signal(signal.SIGUSR1)
        said = self.finish(process)
        self.assert_code(said, 3)  # so few trials decide nothing
        self.assertEqual(0, said.accounting["skipped"] + said.accounting["broken"], str(said))


if __name__ == "__main__":
    unittest.main()
