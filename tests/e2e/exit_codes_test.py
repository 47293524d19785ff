"""Exit codes, and what a pipe gets: README.md, tables "exit code" and "What you see"."""

import os
import signal
import subprocess
import unittest

from lab import (BULKHEAD, CLAIM_ID, DEADLINE, ESCAPE, Lab, accounting, claim, eventually,
                 plugin, record)


class ExitCode(Lab):
    def test_AllAsExpectedIs0(self):
        self.write("my-lab.toml", claim())
        said, directory = self.run_claims("my-lab.toml")
        self.assert_code(said, 0)
        self.assertEqual("supported", self.outcome(directory, CLAIM_ID))
        self.assertEqual("yes", said.records("verdict")[0]["expected"])

    def test_AnUnexpectedVerdictIs1AndStillTheSameVerdict(self):
        self.write("my-lab.toml", claim(expect='"refuted"'))
        said, directory = self.run_claims("my-lab.toml")
        self.assert_code(said, 1)
        self.assertEqual("supported", self.outcome(directory, CLAIM_ID))
        self.assertEqual("no", said.records("verdict")[0]["expected"])
        self.assertEqual("1", said.records("summary")[0]["unexpected"])

    def test_AClaimWithoutExpectationIs0WhateverItsVerdict(self):
        """A claim that plainly fails: nobody said that it would not."""
        self.write("my-lab.toml", claim(expect=None, vehicles='["thread"]'))
        said, directory = self.run_claims("my-lab.toml")
        self.assert_code(said, 0)
        self.assertEqual("refuted", self.outcome(directory, CLAIM_ID))

    def test_BadUsageIs2(self):
        for arguments in (["run", "--no-such-option"], ["run", "--trials", "0"], ["no-such-command"], []):
            with self.subTest(arguments):
                self.assert_refused(self.bulkhead(*arguments), "bulkhead")
        self.assert_nothing_written()

    def test_TooFewTrialsForTheBoundIs3(self):
        self.write("my-lab.toml", claim())
        said, directory = self.run_claims("my-lab.toml", "--trials", "3")
        self.assert_code(said, 3)
        self.assertEqual("inconclusive", self.outcome(directory, CLAIM_ID))

    def test_AFailedControlIs4(self):
        self.write("my-lab.toml", claim())
        said, directory = self.run_claims("my-lab.toml", "--blind", "canary")
        self.assert_code(said, 4)
        verdict = self.results(directory)["verdicts"][0]
        self.assertEqual("inconclusive", verdict["outcome"])
        self.assertTrue(verdict["control_failed"])

    def test_NothingApplicableIs5WithTheReason(self):
        self.write("my-lab.toml", claim(names='["e2e-heavy"]'))
        said, directory = self.run_claims("my-lab.toml", "--plugin", plugin("heavy"))
        self.assert_code(said, 5)
        self.assertEqual("not-applicable", self.outcome(directory, CLAIM_ID))
        self.assertEqual(0, said.accounting["executed"])
        self.assertIn("--allow heavy", self.results(directory)["verdicts"][0]["cells"][0]["reason"])

    def test_AnAllowedDangerClassRuns(self):
        self.write("my-lab.toml", claim(names='["e2e-heavy"]'))
        said, directory = self.run_claims("my-lab.toml", "--plugin", plugin("heavy"), "--allow", "heavy")
        self.assert_code(said, 0)
        self.assertEqual("supported", self.outcome(directory, CLAIM_ID))

    def test_InterruptedIs130(self):
        process = self.start_long_run(self.path("run"))
        process.send_signal(signal.SIGINT)
        self.assert_code(self.finish(process), 130)

    def test_HelpAndVersionAre0AndUseStdout(self):
        for arguments in (["--help"], ["--version"], ["run", "--help"], ["judge", "--help"]):
            with self.subTest(arguments):
                said = self.bulkhead(*arguments)
                self.assert_code(said, 0)
                self.assertTrue(said.out)
                self.assertEqual("", said.err)


class Pipe(Lab):
    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim(expect='"refuted"', vehicles='["fork", "thread"]'))

    def test_EachLineIsOneRecordAndTheLastIsTheAccounting(self):
        said, _ = self.run_claims("my-lab.toml", "--verbose")
        for line in said.lines[:-1]:
            self.assertIsNotNone(record(line), line)
        self.assertIsNotNone(accounting(said.lines[-1]), said.lines[-1])
        self.assertTrue(said.out.endswith("\n"))
        self.assertEqual("", said.err)
        for kind, count in (("run", 1), ("plan", 1), ("verdict", 1), ("cell", 2), ("summary", 1), ("report", 1)):
            self.assertEqual(count, len(said.records(kind)), kind)

    def test_NoEscapeOrCarriageReturnInAPipe(self):
        for arguments in ((), ("--verbose",), ("--quiet",)):
            said, _ = self.run_claims("my-lab.toml", *arguments)
            self.assertIsNotNone(said.accounting, str(said))
            for text in (said.out, said.err):
                self.assertNotIn(ESCAPE, text)
                self.assertNotIn("\r", text)

    def test_PlannedIsExecutedPlusSkippedPlusBrokenAndThatOfResultsJson(self):
        said, directory = self.run_claims("my-lab.toml", "--verbose")
        numbers = said.accounting
        self.assertEqual(numbers["planned"], numbers["executed"] + numbers["skipped"] + numbers["broken"])
        results = self.results(directory)
        stored = results["accounting"]
        self.assertEqual(numbers, {key: stored[key] for key in numbers})
        self.assertEqual(numbers["skipped"], sum(stored["skipped_because"].values()))
        self.assertGreater(numbers["skipped"], 0, "the thread cell stops early")
        cells = results["verdicts"][0]["cells"]
        self.assertEqual(numbers["executed"],
                         sum(c["executed"] + c["no_fault"]["run"] + c["positive"]["run"] for c in cells))
        self.assertEqual(str(numbers["planned"]), said.records("plan")[0]["trials"])

    def test_RecordsSayWhatResultsJsonSays(self):
        said, directory = self.run_claims("my-lab.toml", "--verbose")
        stored = self.results(directory)["verdicts"][0]
        verdict, = said.records("verdict")
        self.assertEqual((stored["claim"], stored["outcome"], str(stored["counted"]), str(stored["found"])),
                         (verdict["claim"], verdict["outcome"], verdict["n"], verdict["k"]))
        for cell, shown in zip(stored["cells"], said.records("cell")):
            self.assertEqual((cell["cell"], cell["state"], str(cell["counted"]), str(cell["found"])),
                             (shown["cell"], shown["state"], shown["n"], shown["k"]))
        self.assertEqual(str(said.code), said.records("summary")[0]["exit"])

    def test_QuietKeepsSummaryAndAccounting(self):
        said, _ = self.run_claims("my-lab.toml", "--quiet")
        self.assertEqual(1, len(said.records("summary")))
        self.assertEqual([], said.records("evidence"))
        self.assertIsNotNone(said.accounting)

    def test_WhoStopsReadingDoesNotStopTheRun(self):
        """`bulkhead run ... | head`: what was begun is finished and written."""
        process = self.start("run", "my-lab.toml", "--trials", "1000", "-o", self.path("run"))
        eventually("trials in the journal", lambda: os.path.exists(self.journal(self.path("run")))
                   and os.path.getsize(self.journal(self.path("run"))) > 10000)
        process.stdout.close()
        process.wait(timeout=DEADLINE)
        self.assertEqual("conditional", self.outcome(self.path("run"), CLAIM_ID))

    def test_WhoNeverReadsDoesNotStopTheRunEither(self):
        reader, writer = os.pipe()
        os.close(reader)
        process = subprocess.Popen([BULKHEAD, "run", "my-lab.toml", "-o", self.path("run")], cwd=self.place,
                                   env=self.environment(), stdout=writer)
        os.close(writer)
        process.wait(timeout=DEADLINE)
        self.assertEqual("conditional", self.outcome(self.path("run"), CLAIM_ID))

    def test_OutputThatCannotBeWrittenIs4(self):
        for arguments in (("list",), ("--help",), ("run", "my-lab.toml", "-o", self.path("run"))):
            with self.subTest(arguments), open("/dev/full", "wb") as full:
                done = subprocess.run([BULKHEAD, *arguments], cwd=self.place, env=self.environment(),
                                      stdout=full, stderr=subprocess.PIPE, text=True, check=False)
                self.assertEqual(4, done.returncode)
                self.assertIn("the output could not be written: ", done.stderr)

    def test_DryRunShowsThePlanAndWritesNothing(self):
        said = self.bulkhead("run", "my-lab.toml", "--dry-run")
        self.assert_code(said, 0)
        self.assertIn("abort/fork", said.out)
        self.assertIn("abort/thread", said.out)
        self.assert_nothing_written("my-lab.toml")


class Colour(Lab):
    """On `report`, whose page may have colour."""

    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim())
        _, self.directory = self.run_claims("my-lab.toml")

    def coloured(self, *arguments, **variables):
        said = self.bulkhead("report", self.directory, *arguments, env=self.environment(**variables))
        self.assert_code(said, 0)
        self.assertIn("supported", said.out)
        return ESCAPE in said.out

    def test_APipeGetsNone(self):
        self.assertFalse(self.coloured())

    def test_CliColorForceColoursAPipe(self):
        self.assertTrue(self.coloured(CLICOLOR_FORCE="1"))

    def test_CliColorForceOf0ForcesNothing(self):
        self.assertFalse(self.coloured(CLICOLOR_FORCE="0"))

    def test_NoColorBeatsCliColorForce(self):
        self.assertFalse(self.coloured(NO_COLOR="1", CLICOLOR_FORCE="1"))

    def test_AnEmptyNoColorCountsAsUnset(self):
        self.assertTrue(self.coloured(NO_COLOR="", CLICOLOR_FORCE="1"))

    def test_TheOptionBeatsTheEnvironment(self):
        self.assertTrue(self.coloured("--color", "always", NO_COLOR="1"))
        self.assertFalse(self.coloured("--color", "never", CLICOLOR_FORCE="1"))

    def test_RecordsNeverHaveColour(self):
        said, _ = self.run_claims("my-lab.toml", "--color", "always",
                                  env=self.environment(CLICOLOR_FORCE="1"))
        self.assertEqual(1, len(said.records("verdict")), str(said))
        self.assertNotIn(ESCAPE, said.out)


if __name__ == "__main__":
    unittest.main()
