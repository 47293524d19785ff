"""Ctrl-C once, twice; SIGKILL; and a supervisor whose terminal goes away."""

import os
import signal
import unittest

from lab import Lab, children, claim, eventually, plugin, reap_adopted, shared_memory


class Interruption(Lab):
    def setUp(self):
        super().setUp()
        reap_adopted()
        self.directory = self.path("run")

    def assert_judged_like(self, said):
        judged = self.bulkhead("judge", self.directory)
        self.assert_same_verdicts(said, judged)
        self.assertEqual(said.accounting, judged.accounting)

    def test_SigintOnceFinishesTheTrialsAndWritesTheReport(self):
        process = self.start_long_run(self.directory)
        process.send_signal(signal.SIGINT)
        said = self.finish(process)
        self.assert_code(said, 130)
        self.assertEqual("yes", said.records("summary")[0]["interrupted"])
        numbers = said.accounting
        self.assertGreater(numbers["executed"], 50)
        self.assertEqual(0, numbers["broken"])
        self.assertEqual(numbers["planned"], numbers["executed"] + numbers["skipped"])
        results = self.results(self.directory)
        self.assertTrue(results["run"]["interrupted"])
        self.assertEqual(numbers["executed"], results["accounting"]["executed"])
        with open(self.path("run", "report.md"), encoding="utf-8") as file:
            self.assertIn("interrupted", file.read())
        self.assert_judged_like(said)
        self.assertEqual([], children())

    def start_endless_trial(self):
        """A run whose first trial lasts until its timeout of an hour; returns when it is in flight."""
        self.write("my-lab.toml", claim(names='["e2e-endless"]'))
        process = self.start("run", "my-lab.toml", "--plugin", plugin("endless"), "--timeout", "60m",
                             "--jobs", "1", "-o", self.directory)
        def units():
            found = []
            for child in self.offspring(process.pid):
                found += self.offspring(child)
                found.append(child)
            return len(found) >= 3  # a zygote, a victim, a bystander
        eventually("units of the endless trial", units)
        return process

    def wait_for_answer(self, process):
        """Until the first Ctrl-C is answered; what was killed beside us may be noticed before."""
        for line in iter(process.stdout.readline, ""):
            if "once more" in line:
                return
        self.fail("the first Ctrl-C is not answered")

    @staticmethod
    def offspring(pid):
        found = []
        try:
            for task in os.listdir(f"/proc/{pid}/task"):  # each job is a thread
                with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                    found += [int(child) for child in file.read().split()]
        except (FileNotFoundError, ProcessLookupError):
            pass
        return found

    def test_SigintTwiceStopsAtOnce(self):
        process = self.start_endless_trial()
        process.send_signal(signal.SIGINT)
        self.wait_for_answer(process)
        self.assertIsNone(process.poll(), "and waits for the trial in flight")
        process.send_signal(signal.SIGINT)
        said = self.finish(process)
        self.assertEqual("yes", said.records("summary")[0]["interrupted"])
        self.assertEqual(0, said.accounting["executed"])
        self.assert_judged_like(said)
        self.assertEqual([], children())

    def test_InterruptedBeforeAnyTrialIs130(self):
        process = self.start_endless_trial()
        process.send_signal(signal.SIGINT)
        self.wait_for_answer(process)
        process.send_signal(signal.SIGINT)
        self.assert_code(self.finish(process), 130)

    def test_SigtermEndsARunAsOrderlyAsSigint(self):
        process = self.start_long_run(self.directory)
        process.send_signal(signal.SIGTERM)
        said = self.finish(process)
        self.assert_code(said, 130)
        self.assertIsNotNone(said.accounting, str(said))
        self.assert_judged_like(said)

    def test_SigkillLeavesNoProcessAndEveryFinishedTrialInTheJournal(self):
        before = shared_memory()
        process = self.start_long_run(self.directory, "--progress", "plain")
        process.kill()
        process.wait()
        # All that it had started is ours now, by adoption, until it has ended.
        eventually("the end of all units and zygotes", lambda: not reap_adopted() and not children(), 15)
        eventually("the end of all shared memory", lambda: not shared_memory() - before, 15)
        judged = self.bulkhead("judge", self.directory)
        self.assert_code(judged, 3)
        self.assertIn("cut off", judged.err)
        self.assertGreater(judged.accounting["executed"], 50, str(judged))
        self.assertEqual(0, judged.accounting["broken"])
        self.assert_same_verdicts(judged, self.bulkhead("judge", self.journal(self.directory)))
        self.assert_code(self.bulkhead("report", self.directory), 3)

    def test_SigkillInAnEndlessTrialLeavesNoProcess(self):
        process = self.start_endless_trial()
        process.kill()
        process.wait()
        eventually("the end of all units and zygotes", lambda: not reap_adopted() and not children(), 15)
        judged = self.bulkhead("judge", self.directory)
        self.assertEqual(0, judged.accounting["executed"], str(judged))


if __name__ == "__main__":
    unittest.main()
