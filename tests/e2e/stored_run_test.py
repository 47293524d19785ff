"""A stored run says the same for ever: `judge` and `report` from the journal alone, torn or altered."""

import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import unittest

from lab import CLAIM_ID, SOURCE, Lab, claim

# A run whose claims end in different verdicts, with an early stop among them.
CLAIMS = claim(target="0.05") + """
[[claim]]
id = "lab.abort-spares-threads"
quantifier = "always"
text.en = "A thread survives the abort of another."
expect = "refuted"

[[claim.source]]
note = "+"

[claim.experiment]
names = ["abort"]
vehicles = ["thread"]
violation = "bystander-affected"
"""


class StoredRun(Lab):
    @classmethod
    def setUpClass(cls):
        """One run for all tests; each works on its own copy."""
        super().setUpClass()
        cls.shared = Lab()
        cls.addClassCleanup(cls.shared.doCleanups)
        cls.shared.setUp()
        cls.shared.write("my-lab.toml", CLAIMS)
        cls.said, cls.stored = cls.shared.run_claims("my-lab.toml", "--seed", "7")
        cls.shared.assert_code(cls.said, 0)

    def setUp(self):
        super().setUp()
        self.copy = self.path("copy")
        shutil.copytree(self.stored, self.copy)

    def bytes_of(self, name):
        with open(os.path.join(self.copy, name), "rb") as file:
            return file.read()

    def cut(self, size):
        shutil.copy(self.journal(self.stored), self.copy)
        os.truncate(self.journal(self.copy), size)

    def test_JudgeGivesTheVerdictsAndTheExitCodeOfTheRun(self):
        judged = self.bulkhead("judge", self.copy)
        self.assert_code(judged, self.said.code)
        self.assert_same_verdicts(self.said, judged)
        self.assertEqual(self.said.accounting, judged.accounting)

    def test_JudgeNeedsOnlyTheJournal(self):
        os.mkdir(self.path("bare"))
        shutil.copy(self.journal(self.copy), self.path("bare"))
        for named in (self.path("bare"), self.journal(self.path("bare"))):
            judged = self.bulkhead("judge", named)
            self.assert_code(judged, 0)
            self.assert_same_verdicts(self.said, judged)
        self.assertEqual(["journal.jsonl.zst"], os.listdir(self.path("bare")), "reading writes nothing")

    def test_ReportGivesTheJsonOfTheRun(self):
        said = self.bulkhead("report", self.copy, "--format", "json")
        self.assert_code(said, 0)
        self.assertEqual(self.results(self.copy), json.loads(said.out))

    def test_ReportGivesTheMarkdownOfTheRun(self):
        said = self.bulkhead("report", self.copy, "--format", "markdown")
        self.assert_code(said, 0)
        self.assertEqual(self.bytes_of("report.md").decode().strip(), said.out.strip())

    def test_ReportIntoAFileIsThatOfStdout(self):
        said = self.bulkhead("report", self.copy, "--format", "json", "-o", "again.json")
        self.assert_code(said, 0)
        with open(self.path("again.json"), encoding="utf-8") as file:
            self.assertEqual(self.results(self.copy), json.load(file))

    def test_SeveralFormatsAreFilesOfADirectory(self):
        for place in ("new", "new/er/"):
            said = self.bulkhead("report", self.copy, "--format", "json,markdown", "-o", place)
            self.assert_code(said, 0)
            self.assertLessEqual({"results.json", "report.md"}, set(os.listdir(self.path(place))))
        with open(self.path("new", "report.md"), "rb") as file:
            self.assertEqual(self.bytes_of("report.md"), file.read())
        said = self.bulkhead("report", self.copy, "--format", "json,markdown", "-o", "new")
        self.assert_refused(said, "results.json exists")

    def test_ReportOverwritesNothing(self):
        before = self.bytes_of("report.md")
        said = self.bulkhead("report", self.copy, "-o", os.path.join(self.copy, "report.md"))
        self.assertEqual(before, self.bytes_of("report.md"))
        self.assert_code(said, 2)

    def test_ReportIntoAnUnwritableFileIsRefused(self):
        self.assert_refused(self.bulkhead("report", self.copy, "-o", "no/such/place"), "no/such/place")

    def test_ReportEndsWithTheAccounting(self):
        said = self.bulkhead("report", self.copy)
        self.assertEqual(self.said.accounting, said.accounting)
        self.assertIn("supported", said.out)
        self.assertIn("refuted", said.out)

    def test_ReadingLeavesTheRunAsItWas(self):
        before = {name: self.bytes_of(name) for name in os.listdir(self.copy)}
        self.bulkhead("judge", self.copy)
        self.bulkhead("report", self.copy)
        self.assertEqual(before, {name: self.bytes_of(name) for name in os.listdir(self.copy)})

    def test_ResultsThatSaySomethingElseAreDenouncedWith1(self):
        altered = self.bytes_of("results.json").replace(b'"outcome": "supported"', b'"outcome": "refuted"')
        with open(os.path.join(self.copy, "results.json"), "wb") as file:
            file.write(altered)
        judged = self.bulkhead("judge", self.copy)
        self.assert_code(judged, 1)
        self.assert_same_verdicts(self.said, judged)
        self.assertIn("results.json", judged.err)
        self.assertIn("refuted", judged.err)

    def test_ATornTailIsJudgedAsFarAsItGoes(self):
        whole = len(self.bytes_of("journal.jsonl.zst"))
        planned = self.said.accounting["planned"]
        before = planned + 1
        for size in (whole - 1, whole - 200, whole * 3 // 4, whole // 2, whole // 3):
            with self.subTest(size):
                self.cut(size)
                judged = self.bulkhead("judge", self.copy)
                self.assertIn("cut off", judged.err)
                numbers = judged.accounting
                self.assertEqual(planned, numbers["planned"], str(judged))
                self.assertEqual(planned, numbers["executed"] + numbers["skipped"] + numbers["broken"])
                self.assertLessEqual(numbers["executed"], before)
                before = numbers["executed"]
                reported = self.bulkhead("report", self.copy, "--format", "json")
                results = json.loads(reported.out)
                self.assertEqual([(v["claim"], v["outcome"]) for v in judged.records("verdict")],
                                 [(v["claim"], v["outcome"]) for v in results["verdicts"]])
                self.assertEqual(numbers["executed"], results["accounting"]["executed"])
        self.assertLess(before, planned // 2)
        self.assertGreater(before, 0)

    def test_WithoutItsLastRecordTheVerdictsAreStillThoseOfTheResults(self):
        self.cut(len(self.bytes_of("journal.jsonl.zst")) - 1)
        judged = self.bulkhead("judge", self.copy)
        self.assertIn("cut off", judged.err)
        self.assertNotIn("differs", judged.err)

    def test_HalfTheEvidenceSupportsNothing(self):
        self.cut(len(self.bytes_of("journal.jsonl.zst")) // 3)
        judged = self.bulkhead("judge", self.copy)
        self.assertEqual({CLAIM_ID: "inconclusive"},
                         {v["claim"]: v["outcome"] for v in judged.records("verdict") if v["claim"] == CLAIM_ID})
        self.assertNotEqual(0, judged.code)

    def test_AJournalThatWasCutOffBeforeThePlanIsRefused(self):
        for size in (0, 1, 100):
            with self.subTest(size):
                self.cut(size)
                self.assert_refused(self.bulkhead("judge", self.copy), "cut off before the run began")
                self.assert_refused(self.bulkhead("report", self.copy), "cut off before the run began")

    def test_AnAlteredByteIsRefused(self):
        """Wherever it is: in a frame's content or in a frame's head."""
        original = self.bytes_of("journal.jsonl.zst")
        for at in (len(original) // 5, len(original) // 2, len(original) * 4 // 5):
            with self.subTest(at):
                altered = bytearray(original)
                altered[at] ^= 0x10
                with open(self.journal(self.copy), "wb") as file:
                    file.write(altered)
                for command in ("judge", "report"):
                    self.assert_refused(self.bulkhead(command, self.copy), "journal.jsonl.zst")

    def test_AnAlteredRecordInSoundFramesIsRefusedByItsNumber(self):
        if not shutil.which("zstd"):
            self.skipTest("zstd is missing")
        text = subprocess.run(["zstd", "-dcq", self.journal(self.copy)], check=True, capture_output=True).stdout
        lines = text.splitlines(keepends=True)
        number = next(n for n, line in enumerate(lines) if b'"kind":"trial"' in line and n > len(lines) // 2)
        lines[number] = lines[number].replace(b'"took":', b'"took":9', 1)
        packed = subprocess.run(["zstd", "-cq"], input=b"".join(lines), check=True, capture_output=True).stdout
        with open(self.journal(self.copy), "wb") as file:
            file.write(packed)
        self.assert_refused(self.bulkhead("judge", self.copy), f"record {number + 1} was altered")

    def test_ARecordThatWasTakenOutIsRefused(self):
        if not shutil.which("zstd"):
            self.skipTest("zstd is missing")
        text = subprocess.run(["zstd", "-dcq", self.journal(self.copy)], check=True, capture_output=True).stdout
        lines = text.splitlines(keepends=True)
        del lines[len(lines) // 2]
        packed = subprocess.run(["zstd", "-cq"], input=b"".join(lines), check=True, capture_output=True).stdout
        with open(self.journal(self.copy), "wb") as file:
            file.write(packed)
        self.assert_refused(self.bulkhead("judge", self.copy), "record")

    def test_ResultsKeepTheirSchema(self):
        try:
            import jsonschema
        except ImportError:
            self.skipTest(f"{sys.executable} has no jsonschema (python3-jsonschema)")
        with open(os.path.join(SOURCE, "reports", "schema", "results-1.schema.json"), encoding="utf-8") as file:
            schema = json.load(file)
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        validator = kind(schema)
        results = self.results(self.copy)
        self.assertEqual([], [e.message for e in validator.iter_errors(results)])
        self.cut(len(self.bytes_of("journal.jsonl.zst")) // 2)
        torn = json.loads(self.bulkhead("report", self.copy, "--format", "json").out)
        self.assertEqual([], [e.message for e in validator.iter_errors(torn)])
        results["verdicts"][0]["outcome"] = "proved"
        self.assertNotEqual([], list(validator.iter_errors(results)), "the schema knows the verdict words")

    def test_TheManifestHasTheDigestOfEachFile(self):
        manifest = json.loads(self.bytes_of("manifest.json"))["files"]
        self.assertEqual(set(os.listdir(self.copy)) - {"manifest.json"}, set(manifest))
        for name, entry in manifest.items():
            self.assertEqual(hashlib.sha256(self.bytes_of(name)).hexdigest(), entry["sha256"], name)
            self.assertEqual(len(self.bytes_of(name)), entry["bytes"], name)

    def test_ReportsNameNeitherHostNorPerson(self):
        host = platform.node()
        report = self.bytes_of("report.md").decode()
        if len(host) > 3:
            self.assertNotIn(host, report)


if __name__ == "__main__":
    unittest.main()
