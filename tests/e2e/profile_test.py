"""Profiles: how much a run is, what it says of itself first, and what smoke is good for."""

import unittest

from lab import Lab, claim


class Profiles(Lab):
    def plan(self, *arguments):
        said = self.bulkhead("run", *arguments, "--dry-run")
        self.assert_code(said, 0)
        return said.records("plan")[0]

    def test_EachIsATenthOfTheBoundOfTheOneBefore(self):
        trials = {name: int(self.plan("crash.process-contained", "--profile", name)["trials"])
                  for name in ("smoke", "quick", "full", "deep")}
        self.assertLess(trials["smoke"], trials["quick"] / 20)
        self.assertGreater(trials["full"], 8 * trials["quick"])
        self.assertGreater(trials["deep"], 8 * trials["full"])

    def test_QuickIsTheDefaultAndNamed(self):
        plan = self.plan("crash.process-contained")
        self.assertEqual("quick", plan["profile"])
        self.assertEqual(plan["trials"], self.plan("crash.process-contained", "--profile", "quick")["trials"])
        self.assertGreater(int(plan["estimate"]), 0)

    def test_TrialsAndBoundGoBeforeTheProfile(self):
        few = self.plan("crash.process-contained", "--profile", "full", "--trials", "3")
        self.assertLess(int(few["trials"]), int(self.plan("crash.process-contained")["trials"]))
        loose = self.plan("crash.process-contained", "--profile", "deep", "--bound", "0.1")
        self.assertLess(int(loose["trials"]), int(self.plan("crash.process-contained")["trials"]))

    def test_AnUnknownOneIsRefusedWithTheNearest(self):
        self.assert_refused(self.bulkhead("run", "--profile", "quik"), "--profile", "quick, full, deep, smoke",
                            'did you mean "quick"?')

    def test_ThePlanComesFirstAndTheResultsKeepIt(self):
        self.write("my-lab.toml", claim())
        said, directory = self.run_claims("my-lab.toml", "--profile", "smoke")
        self.assertEqual("plan", said.lines[1].split()[0], str(said))
        run = self.results(directory)["run"]
        self.assertEqual("smoke", run["profile"])
        self.assertTrue(run["undecided_is_fine"])
        self.assertGreaterEqual(run["estimate_ns"], 0)

    def test_SmokeSaysItsBoundAndSucceeds(self):
        self.write("my-lab.toml", claim(target=None))
        said, directory = self.run_claims("my-lab.toml", "--profile", "smoke")
        self.assert_code(said, 0)
        verdict = self.results(directory)["verdicts"][0]
        self.assertEqual("supported", verdict["outcome"])
        self.assertEqual(0.64, verdict["target"])
        self.assertGreater(verdict["worst_upper"], 0.6)

    def test_WhatSmokeLeavesUndecidedForWantOfTrialsIsNoFailure(self):
        """`may`, and no abort of a sibling ever affects us: never witnessed, however many trials."""
        self.write("my-lab.toml", claim(quantifier='"may"', target=None).replace("violation", "witness"))
        said, directory = self.run_claims("my-lab.toml", "--profile", "smoke")
        self.assertEqual("inconclusive", self.results(directory)["verdicts"][0]["outcome"], str(said))
        self.assert_code(said, 0)
        self.assert_code(self.bulkhead("judge", directory), 0)
        said, _ = self.run_claims("my-lab.toml", "--trials", "3")
        self.assert_code(said, 3)

    def test_WhatSmokeFindsAgainstTheExpectationIsAFailure(self):
        self.write("my-lab.toml", claim(target=None, vehicles='["thread"]'))
        said, _ = self.run_claims("my-lab.toml", "--profile", "smoke")
        self.assert_code(said, 1)

    def test_SmokeOfAllClaimsIsAsExpected(self):
        said, directory = self.run_claims("--profile", "smoke")
        self.assert_code(said, 0)
        self.assertEqual(0, said.accounting["broken"], str(said))
        self.assertGreater(len(self.results(directory)["verdicts"]), 40)

    def test_ListShowsThem(self):
        said = self.bulkhead("list", "profiles")
        self.assert_code(said, 0)
        for name in ("quick", "full", "deep", "smoke"):
            self.assertIn(f"\n{name} ", said.out)


if __name__ == "__main__":
    unittest.main()
