"""A shared object that is no plugin is refused by name; what it does to itself stays its own affair."""

import os
import shutil
import unittest

from lab import CLAIM_ID, Lab, children, claim, plugin, reap_adopted


def libc():
    with open("/proc/self/maps", encoding="utf-8") as file:
        return next(line.split()[-1] for line in file if "libc.so" in line or "/libc-" in line)


class Plugin(Lab):
    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim())
        reap_adopted()

    def refused(self, path, *fragments):
        said = self.bulkhead("run", "my-lab.toml", "--plugin", path)
        self.assert_refused(said, path, *fragments)
        self.assertEqual([], children())
        return said

    def test_AMissingFileIsRefused(self):
        self.refused("no-such.so", "accepted: ")
        self.assert_nothing_written("my-lab.toml")

    def test_ATextFileIsRefused(self):
        self.write("text.so", "not a shared object\n")
        self.refused("text.so", "cannot be loaded")
        self.assert_nothing_written("my-lab.toml", "text.so")

    def test_ALibraryThatIsNoPluginIsRefused(self):
        self.refused(libc(), "is no bulkhead plugin")
        self.assert_nothing_written("my-lab.toml")

    def test_AnotherAbiVersionIsRefusedWithBothVersions(self):
        self.refused(plugin("foreign_abi"), "ABI version 77", "version 1")
        self.assert_nothing_written("my-lab.toml")

    def test_ACrashInItsConstructorIsRefused(self):
        self.refused(plugin("crashes_in_constructor"), "SIGSEGV")
        self.assert_nothing_written("my-lab.toml")

    def test_AHangInItsConstructorIsRefusedInTime(self):
        self.refused(plugin("hangs_in_constructor"), "did not finish loading")
        self.assert_nothing_written("my-lab.toml")

    def test_AnExitInItsConstructorIsRefused(self):
        self.refused(plugin("exits_in_constructor"), "exited with code 0")
        self.assert_nothing_written("my-lab.toml")

    def test_ANameThatIsTakenIsRefused(self):
        shutil.copy(plugin("sound"), self.path("twin.so"))
        said = self.bulkhead("run", "my-lab.toml", "--plugin", plugin("sound"), "--plugin", "twin.so")
        self.assert_refused(said, "twin.so", '"e2e-sound"', plugin("sound"))

    def test_ASoundOneRuns(self):
        self.write("my-lab.toml", claim(names='["e2e-sound"]'))
        shutil.copy(plugin("sound"), self.path("mine.so"))
        for path in (plugin("sound"), "mine.so"):
            with self.subTest(path):
                said, directory = self.run_claims("my-lab.toml", "--plugin", path)
                self.assert_code(said, 0)
                self.assertEqual("supported", self.outcome(directory, CLAIM_ID))

    def test_ADirectoryOfPluginsReplacesTheInstalledOnes(self):
        os.mkdir(self.path("mine"))
        shutil.copy(plugin("sound"), self.path("mine"))
        said = self.bulkhead("list", "scenarios", "--scenarios", self.path("mine"))
        self.assert_code(said, 0)
        self.assertEqual(["SCENARIO", "e2e-sound"], [line.split()[0] for line in said.lines])

    def directory_runs(self, named):
        os.mkdir(self.path("mine"))
        shutil.copy(plugin("sound"), self.path("mine"))
        shutil.copy(plugin("crashes_in_constructor"), self.path("mine"))
        self.write("my-lab.toml", claim(names='["e2e-sound"]'))
        said, directory = self.run_claims("my-lab.toml", "--scenarios", named)
        self.assertEqual("supported", self.outcome(directory, CLAIM_ID), str(said))
        self.assertIn("crashes_in_constructor.so", said.records("notice")[0]["text"])

    def test_ABrokenPluginBesideASoundOneIsNoticedAndPassedOver(self):
        self.directory_runs(self.path("mine"))

    def test_ADirectoryOfPluginsMayBeRelative(self):
        self.directory_runs("mine")

    def test_APluginThatBreaksEveryTrialIs4(self):
        self.write("my-lab.toml", claim(names='["e2e-endless"]'))
        said, directory = self.run_claims("my-lab.toml", "--plugin", plugin("endless"), "--trials", "2",
                                          "--timeout", "200ms")
        self.assertNotEqual("supported", self.outcome(directory, CLAIM_ID))
        self.assertEqual(said.accounting["planned"], said.accounting["broken"])
        self.assert_code(said, 4)


if __name__ == "__main__":
    unittest.main()
