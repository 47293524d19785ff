"""list, explain, doctor: every word that a report uses can be looked up, in the languages that exist."""

import os
import tomllib
import unittest

from lab import ESCAPE, SOURCE, Lab, claim

OUTCOMES = ("supported", "refuted", "conditional", "inconclusive", "not-applicable", "broken")
VEHICLES = ("thread", "main", "clone-vm", "clone-all", "vfork", "fork", "family", "exec", "session", "userns",
            "netns", "cgroup",
            "pidns", "pidns-init")


def claims():
    """Of the sources: id -> table."""
    found = {}
    folder = os.path.join(SOURCE, "scenarios", "claims")
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            found.update((table["id"], table) for table in tomllib.load(file)["claim"])
    return found


def scenarios():
    """Of the sources: a *.cc one folder down is one scenario, named like its file."""
    folder = os.path.join(SOURCE, "scenarios")
    return {name[:-3].replace("_", "-") for kind in os.listdir(folder)
            if os.path.isdir(os.path.join(folder, kind))
            for name in os.listdir(os.path.join(folder, kind)) if name.endswith(".cc")}


class Words(Lab):
    def words(self, *arguments):
        """First words of the lines of a table, without its head."""
        said = self.bulkhead("list", *arguments)
        self.assert_code(said, 0)
        self.assertNotIn(ESCAPE, said.out)
        return [line.split()[0] for line in said.lines[1:] if line.strip()]

    def test_ListNamesEveryClaim(self):
        self.assertEqual(sorted(claims()), sorted(self.words()))

    def test_ListNamesEveryScenario(self):
        self.assertEqual(sorted(scenarios()), sorted(self.words("scenarios")))

    def test_FaultsAreScenarios(self):
        faults = self.words("faults")
        self.assertLess(set(faults), scenarios())
        self.assertIn("null-store", faults)
        self.assertNotIn("private-memory", faults)

    def test_ListNamesEveryVehicle(self):
        self.assertEqual(sorted(VEHICLES), sorted(self.words("vehicles")))

    def test_ListSelectsByPatternAndFile(self):
        self.assertEqual(sorted(c for c in claims() if c.startswith("race.")), sorted(self.words("claims", "race.*")))
        self.write("my-lab.toml", claim())
        self.assertEqual(["lab.abort-is-contained"], self.words("claims", "my-lab.toml"))

    def test_EveryScenarioIsExplained(self):
        for name in sorted(scenarios()):
            with self.subTest(name):
                said = self.bulkhead("explain", name)
                self.assert_code(said, 0)
                for word in ("what ", "kind ", "tags ", "danger ", name + ".so"):
                    self.assertIn(word, said.out)

    def test_EveryVehicleIsExplained(self):
        for name in VEHICLES:
            with self.subTest(name):
                said = self.bulkhead("explain", name)
                self.assert_code(said, 0)
                for word in ("what ", "memory ", "victim ", "bystanders ", "here "):
                    self.assertIn(word, said.out)

    def test_EveryVerdictWordIsExplainedInItsOwnWay(self):
        means = set()
        for word in OUTCOMES:
            with self.subTest(word):
                said = self.bulkhead("explain", word)
                self.assert_code(said, 0)
                self.assertEqual(word, said.lines[0])
                means.add(" ".join(said.out.split("means")[1].split("always")[0].split()))
        self.assertEqual(len(OUTCOMES), len(means))

    def test_WordsFindingsAndTagsAreExplained(self):
        for word in ("trial", "cell", "arm", "fired", "void", "canary", "control", "fate", "envelope", "block",
                     "bystander-affected", "fatal"):
            with self.subTest(word):
                said = self.bulkhead("explain", word)
                self.assert_code(said, 0)
                self.assertEqual(word, said.lines[0])
        self.assertIn("null-store", self.bulkhead("explain", "fatal").out)
        self.assertIn("race.threads-lose-updates", self.bulkhead("explain", "updates-lost").out)

    def test_EveryClaimIsExplainedWithTextsSourcesAndCells(self):
        said = self.bulkhead("explain", "*.*")
        self.assert_code(said, 0)
        starts = [said.out.index("\n" + claim_id + "\n") if not said.out.startswith(claim_id + "\n") else 0
                  for claim_id in claims()]
        self.assertEqual(len(claims()), len(set(starts)))
        for claim_id, table in sorted(claims().items()):
            with self.subTest(claim_id):
                start = ("\n" + said.out).index("\n" + claim_id + "\n")
                later = [at for at in starts if at > start]
                flat = " ".join(said.out[start:min(later, default=None)].split())
                for text in table["text"].values():
                    self.assertIn(" ".join(text.split()), flat.replace(" (original)", ""))
                for source in table["source"]:
                    self.assertIn("not in the notes" if source["note"] == "+" else source["note"], flat)
                for vehicle in table["experiment"]["vehicles"]:
                    self.assertIn(vehicle, flat)

    def test_AClaimOfAFileIsExplained(self):
        self.write("my-lab.toml", claim())
        said = self.bulkhead("explain", "my-lab.toml")
        self.assert_code(said, 0)
        self.assertIn("my-lab.toml:3", said.out)
        self.assertIn("abort/fork", said.out)

    def test_ALanguageShowsItsTextTheOriginalAndNoOther(self):
        for claim_id, table in sorted(claims().items()):
            if claim_id not in ("crash.process-contained", "memory.threads-share-heap", "race.threads-lose-updates"):
                continue
            for language in ("id", "pt"):
                with self.subTest((claim_id, language)):
                    flat = " ".join(self.bulkhead("explain", claim_id, "--lang", language).out.split())
                    self.assertIn(" ".join(table["text"][language].split()), flat)
                    original = table.get("original")
                    for other, text in table["text"].items():
                        shown = other in (language, original)
                        (self.assertIn if shown else self.assertNotIn)(" ".join(text.split()), flat)
                    listed = self.bulkhead("list", "claims", claim_id, "--lang", language)
                    self.assertIn(table["text"][language], listed.out)

    def test_ReportsSpeakTheLanguage(self):
        said, directory = self.run_claims("crash.process-contained", "--fault", "abort", "--vehicle", "fork",
                                          "--trials", "5", "--lang", "pt")
        self.assert_code(said, 3)
        texts = claims()["crash.process-contained"]["text"]
        with open(os.path.join(directory, "report.md"), encoding="utf-8") as file:
            self.assertIn("> " + texts["pt"], file.read())
        report = " ".join(self.bulkhead("report", directory, "--lang", "id").out.split())
        self.assertIn(texts["id"], report)

    def test_DoctorJudgesEachVehicleAndTheExitCodeFollows(self):
        said = self.bulkhead("doctor")
        *graded, conclusion = said.lines
        words = [line.split()[0] for line in graded]
        self.assertRegex(conclusion, r"^\d+ of \d+ built-in claims can be decided here \(\d+ of \d+ cells can run\)$")
        self.assertLessEqual(set(words), {"good", "note", "problem"})
        self.assert_code(said, 3 if "problem" in words else 0)
        for vehicle in VEHICLES:
            self.assertEqual(1, sum(line.split()[1:3] == ["vehicle", vehicle] for line in said.lines), vehicle)
        for topic in ("core dumps", "privileges", "process table"):
            self.assertIn(topic, said.out)

    def test_HelpOfEveryCommandNamesItsOptions(self):
        for command, option in (("run", "--trials"), ("list", "--lang"), ("explain", "--lang"),
                                ("report", "--format"), ("judge", "RUN"), ("doctor", "--color")):
            with self.subTest(command):
                said = self.bulkhead(command, "--help")
                self.assert_code(said, 0)
                self.assertIn(option, said.out)

    def test_EveryExitCodeOfTheReadmeIsInTheHelp(self):
        said = self.bulkhead("--help")
        codes = said.out.split("Exit codes:")[1].split()
        for code in ("0", "1", "2", "3", "4", "5", "130"):
            self.assertIn(code, codes)


if __name__ == "__main__":
    unittest.main()
