"""The run directory: never overwritten, complete or explained, nothing beyond what is documented."""

import os
import shutil
import subprocess
import unittest

from lab import BULKHEAD, CLAIM_ID, Lab, Said, claim

DOCUMENTED = {"journal.jsonl.zst", "results.json", "envelope.json", "manifest.json", "report.html", "report.md"}


class OutputDirectory(Lab):
    def setUp(self):
        super().setUp()
        self.write("my-lab.toml", claim())

    def refused(self, directory, *fragments, prefix=()):
        said = self.bulkhead("run", "my-lab.toml", "-o", directory, prefix=prefix)
        self.assert_refused(said, directory, *fragments)

    def test_ItHoldsWhatIsDocumentedAndNothingElse(self):
        said, directory = self.run_claims("my-lab.toml")
        self.assert_code(said, 0)
        self.assertEqual(DOCUMENTED, set(os.listdir(directory)))

    def test_JsonIsThereWithoutAskingAndOthersOnlyIfAskedFor(self):
        _, directory = self.run_claims("my-lab.toml", "--format", "json")
        self.assertEqual(DOCUMENTED - {"report.html", "report.md"}, set(os.listdir(directory)))

    def test_TheDefaultIsAFreshOneAndLatestLeadsThere(self):
        for _ in range(2):
            self.assert_code(self.bulkhead("run", "my-lab.toml"), 0)
        runs = sorted(set(os.listdir(self.path("bulkhead-runs"))) - {"latest"})
        self.assertEqual(2, len(runs))
        latest = os.readlink(self.path("bulkhead-runs", "latest"))
        newest = max(runs, key=lambda run: self.results(self.path("bulkhead-runs", run))["run"]["started"])
        started = {self.results(self.path("bulkhead-runs", run))["run"]["started"] for run in runs}
        if len(started) == 2:
            self.assertEqual(newest, latest)
        self.assert_code(self.bulkhead("judge", "latest"), 0)

    def test_AnEmptyOneIsTaken(self):
        os.mkdir(self.path("empty"))
        self.assert_code(self.bulkhead("run", "my-lab.toml", "-o", "empty"), 0)
        self.assertEqual(DOCUMENTED, set(os.listdir(self.path("empty"))))

    def test_OneThatIsNotEmptyIsRefusedAndLeftAlone(self):
        os.mkdir(self.path("full"))
        self.write("full/mine", "precious")
        self.refused("full", "not empty")
        self.assertEqual(["mine"], os.listdir(self.path("full")))

    def test_AStoredRunIsNeverOverwritten(self):
        _, directory = self.run_claims("my-lab.toml")
        with open(self.journal(directory), "rb") as file:
            before = file.read()
        self.refused(directory, "not empty")
        with open(self.journal(directory), "rb") as file:
            self.assertEqual(before, file.read())

    def test_AFileIsRefused(self):
        self.write("file", "precious")
        self.refused("file", "no directory")
        self.refused("file/below", "cannot be created")
        with open(self.path("file"), encoding="utf-8") as file:
            self.assertEqual("precious", file.read())

    def test_OneThatCannotBeWrittenIsRefused(self):
        prefix = self.hand_to_nobody()
        os.mkdir(self.path("roots"), 0o755)
        self.refused("roots", prefix=prefix)
        self.refused("roots/new", "Permission denied", prefix=prefix)
        self.assertEqual([], os.listdir(self.path("roots")))

    def test_ADefaultPlaceThatCannotBeWrittenIsRefused(self):
        prefix = self.hand_to_nobody()
        os.chown(self.place, 0, 0)
        os.chmod(self.place, 0o755)
        said = self.bulkhead("run", "my-lab.toml", prefix=prefix)
        self.assert_refused(said, "bulkhead-runs", "Permission denied", "-o DIR")
        self.assertFalse(os.path.exists(self.path("bulkhead-runs")))


class FullDisk(Lab):
    """A tmpfs that is nearly full, in a mount namespace of its own."""

    def on_small_disk(self, kib, script):
        if os.geteuid() != 0 or not shutil.which("unshare"):
            self.skipTest("only root can mount a small file system")
        self.write("my-lab.toml", claim())
        os.mkdir(self.path("disk"))
        shell = f'mount -t tmpfs -o size={kib}k small disk && cd disk && cp ../my-lab.toml . && {script}'
        done = subprocess.run(["unshare", "-m", "sh", "-c", shell], cwd=self.place, env=self.environment(),
                              capture_output=True, text=True, timeout=120, check=False)
        if "mount" in done.stderr and "denied" in done.stderr:
            self.skipTest(f"no private mounts here: {done.stderr.strip()}")
        return Said(["sh", "-c", script], done.returncode, done.stdout, done.stderr)

    def test_AFullDiskIs4WithOneMessageAndTheFinishedTrialsAreReadable(self):
        said = self.on_small_disk(64, f"""
            {BULKHEAD} run my-lab.toml --trials 100000 -o run > ../out 2> ../err; echo code=$?; ls run
            {BULKHEAD} judge run > ../judged; echo judged=$?
            {BULKHEAD} report run > ../reported; echo reported=$?""")
        self.assertIn("code=4\n", said.out, str(said))
        with open(self.path("err"), encoding="utf-8") as file:
            message = file.read()
        self.assertEqual(1, len(message.splitlines()), message)
        self.assertIn("No space left on device", message)
        self.assertIn("run/journal.jsonl.zst", message)
        self.assertIn("bulkhead report run", message)
        between = said.out.split("code=4\n")[1].split("judged=")[0].split()
        self.assertEqual(["journal.jsonl.zst"], between, "nothing half-written")
        with open(self.path("judged"), encoding="utf-8") as file:
            judged = Said([], 0, file.read(), "")
        self.assertGreater(judged.accounting["executed"], 50, str(judged))
        self.assertEqual(CLAIM_ID, judged.records("verdict")[0]["claim"])
        self.assertIn("reported=", said.out)

    def test_ADiskThatIsFullFromTheBeginningIsRefused(self):
        said = self.on_small_disk(64, f"""
            head -c 1000000 /dev/zero > filling 2> /dev/null
            {BULKHEAD} run my-lab.toml -o run > ../out 2> ../err; echo code=$?""")
        self.assertRegex(said.out, "code=[24]\n")
        with open(self.path("err"), encoding="utf-8") as file:
            message = file.read()
        self.assertEqual(1, len(message.splitlines()), message)
        self.assertIn("No space left on device", message)
        self.assertNotIn("bulkhead report", message)


if __name__ == "__main__":
    unittest.main()
