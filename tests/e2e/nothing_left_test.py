"""After a run nothing is left: no process, zombie, file, shared memory object."""

import os
import unittest

from lab import Lab, children, eventually, plugin, reap_adopted, shared_memory
from output_directory_test import DOCUMENTED

# Faults that end, hang, fork, corrupt; vehicles that share and that do not; a race; a measurement-like probe.
SELECTION = ("crash.*", "corruption.*", "lifetime.*", "memory.process-private",
             "resource.*", "race.shared-memory-*")


class NothingIsLeft(Lab):
    def setUp(self):
        super().setUp()
        reap_adopted()
        self.assertEqual([], children())

    def assert_nothing_left(self, before):
        self.assertEqual([], children(), "adopted: orphans or zombies of the run")
        self.assertEqual([], os.listdir(self.path("tmp")), "temporary files")
        # Others may run beside us; what they use goes away, a leak stays.
        eventually("no new shared memory", lambda: not shared_memory() - before, 15)

    def test_AfterEveryVehicle(self):
        before = shared_memory()
        said, directory = self.run_claims(*SELECTION, "--trials", "2")
        self.assertIn(said.code, (0, 1, 3), str(said))
        self.assertEqual("0", said.records("summary")[0]["leaks"])
        self.assertGreater(said.accounting["executed"], 500)
        self.assertEqual(0, said.accounting["broken"], str(said))
        vehicles = {c["vehicle"] for v in self.results(directory)["verdicts"] for c in v["cells"]
                    if c["state"] != "not-applicable"}
        self.assertLessEqual({"thread", "clone-vm", "vfork", "fork", "exec", "session"}, vehicles)
        self.assertEqual(DOCUMENTED, set(os.listdir(directory)))
        self.assert_nothing_left(before)

    def test_AfterRefusals(self):
        before = shared_memory()
        for name in ("foreign_abi", "crashes_in_constructor", "exits_in_constructor"):
            self.assert_refused(self.bulkhead("run", "crash.*", "--plugin", plugin(name)), name)
        self.assert_refused(self.bulkhead("run", "no.such"), "no.such")
        self.assert_nothing_left(before)
        self.assert_nothing_written()

    def test_AfterQuestions(self):
        before = shared_memory()
        for arguments in (["list", "scenarios"], ["doctor"], ["explain", "fork"],
                          ["run", "crash.*", "--dry-run"]):
            self.assertTrue(self.bulkhead(*arguments).out)
        self.assert_nothing_left(before)
        self.assert_nothing_written()

    def test_WhatAScenarioLeavesBehindIsALeakAndIsRemoved(self):
        """The census has eyes: a plugin that orphans a process is reported, and the process ended."""
        self.write("my-lab.toml", LEAKY)
        said, directory = self.run_claims("my-lab.toml", "--plugin", plugin("orphans"), "--trials", "2")
        self.assertNotEqual("0", said.records("summary")[0]["leaks"], str(said))
        self.assertNotEqual([], self.results(directory)["leaks"])
        self.assert_nothing_left(shared_memory())


LEAKY = """\
schema = 1

[[claim]]
id = "lab.leaky"
quantifier = "always"
text.en = "One that orphans a grandchild harms nobody."

[[claim.source]]
note = "+"

[claim.experiment]
names = ["e2e-orphans"]
vehicles = ["fork"]
violation = "bystander-affected"
"""


if __name__ == "__main__":
    unittest.main()
