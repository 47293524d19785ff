"""Bad input gets one clear message that names file and line, exit code 2, and nothing is written."""

import os
import unittest

from lab import CLAIM, SOURCE, Lab, claim, line_of

FILE = "my-lab.toml"


class ClaimFile(Lab):
    def refused(self, text, *fragments, at=None):
        """`run` refuses a file of that text; `at` is what stands in the line that is to be named."""
        self.write(FILE, text)
        said = self.bulkhead("run", FILE)
        where = f"{FILE}:{line_of(text, at)}: " if at else f"{FILE}:"
        self.assert_refused(said, where, *fragments)
        self.assert_nothing_written(FILE)

    def test_AMissingFileIsRefused(self):
        said = self.bulkhead("run", "no-such-lab.toml")
        self.assert_refused(said, "no-such-lab.toml", "no such claim file")
        self.assert_nothing_written()

    def test_AMisspeltFileNameGetsTheNearest(self):
        self.write(FILE, CLAIM)
        self.assert_refused(self.bulkhead("run", "my-lap.toml"), f'did you mean "{FILE}"?')

    def test_AnUnreadableFileIsRefused(self):
        self.write(FILE, CLAIM)
        prefix = self.hand_to_nobody()
        os.chmod(self.path(FILE), 0)
        self.assert_refused(self.bulkhead("run", FILE, prefix=prefix), FILE)
        self.assert_nothing_written(FILE)

    def test_MalformedTomlIsRefusedWithItsLine(self):
        self.refused(claim(quantifier='"always'), "TOML", at="quantifier")

    def test_BytesThatAreNoTextAreRefused(self):
        with open(self.path(FILE), "wb") as file:
            file.write(bytes(range(256)))
        self.assert_refused(self.bulkhead("run", FILE), f"{FILE}:1: not TOML")

    def test_AnEmptyFileIsRefused(self):
        self.write(FILE, "")
        said = self.bulkhead("run", FILE)
        self.assert_code(said, 2)
        self.assertIn(f"{FILE}:1: ", said.err)
        self.assert_nothing_written(FILE)

    def test_AFileWithoutClaimsIsRefused(self):
        self.write(FILE, "schema = 1\n")
        self.assert_refused(self.bulkhead("run", FILE), f"{FILE}:1: ", "[[claim]]")

    def test_AnUnknownSchemaIsRefused(self):
        self.refused(claim(schema="2"), "accepted: 1", at="schema")

    def test_AnUnknownKeyIsRefusedWithTheNearest(self):
        self.refused(CLAIM.replace("quantifier", "quantifer"), 'did you mean "quantifier"?', at="quantifer")

    def test_AnUnknownScenarioIsRefusedWithTheNearest(self):
        self.refused(claim(names='["nul-store"]'), '"nul-store"', 'did you mean "null-store"?')

    def test_AnUnknownScenarioIsNamedWithItsLine(self):
        self.refused(claim(names='["nul-store"]'), at="names")

    def test_SwappedLettersAreANearName(self):
        self.refused(claim(names='["abrot"]'), 'did you mean "abort"?')

    def test_AnUnknownVehicleIsRefusedWithTheNearest(self):
        self.refused(claim(vehicles='["sesion"]'), 'unknown vehicle "sesion"', "pidns",
                     'did you mean "session"?', at="vehicles")

    def test_AnUnknownTagIsRefusedWithTheNearest(self):
        self.refused(CLAIM.replace('names = ["abort"]', 'tags = ["fatl"]'), '"fatl"', 'did you mean "fatal"?')

    def test_AnUnknownTagIsNamedWithItsLine(self):
        self.refused(CLAIM.replace('names = ["abort"]', 'tags = ["fatl"]'), at="tags")

    def test_AnUnknownLanguageIsRefused(self):
        self.refused(CLAIM.replace("text.en", "text.fr"), '"fr"', "accepted: en, id, pt", at="text.fr")

    def test_AnUnknownFindingIsRefusedWithTheNearest(self):
        self.refused(claim(violation='"bystander-afected"'), 'did you mean "bystander-affected"?', at="violation")

    def test_AnUnknownOutcomeIsRefusedWithTheNearest(self):
        self.refused(claim(expect='"suported"'), 'did you mean "supported"?', at="expect")

    def test_AnUnknownQuantifierIsRefused(self):
        self.refused(claim(quantifier='"sometimes"'), "accepted: always, may, ratio", at="quantifier")

    def test_AQuantifierThatContradictsItsExperimentIsRefused(self):
        for quantifier, key in (("always", "witness"), ("may", "violation")):
            with self.subTest(quantifier):
                text = claim(quantifier=f'"{quantifier}"').replace("violation", key)
                self.write(FILE, text)
                said = self.bulkhead("run", FILE)
                self.assert_code(said, 2)
                self.assertEqual("", said.out)
                self.assertIn(f'{FILE}:{line_of(text, key)}: {key} with quantifier "{quantifier}"', said.err)
                self.assert_nothing_written(FILE)

    def test_ARatioWithoutSeriesIsRefused(self):
        self.write(FILE, claim(quantifier='"ratio"'))
        said = self.bulkhead("run", FILE)
        self.assert_code(said, 2)
        self.assertIn("ratio", said.err)

    def test_ADuplicateIdIsRefusedWithBothLines(self):
        text = CLAIM + CLAIM.partition("\n")[2].replace("[[claim]]", "[[claim]] # again")
        self.write(FILE, text)
        second = line_of(text, "# again") + 1
        self.assert_refused(self.bulkhead("run", FILE), f"{FILE}:{second}: ", "of line 4 again")
        self.assert_nothing_written(FILE)

    def test_AnIdOfTwoFilesIsRefusedWithBothFiles(self):
        self.write(FILE, CLAIM)
        self.write("other.toml", CLAIM)
        self.assert_refused(self.bulkhead("run", FILE, "other.toml"), FILE, "other.toml")

    def test_AnEmptySelectionInTheFileIsRefused(self):
        for lines in ({"names": "[]"}, {"vehicles": "[]"}):
            with self.subTest(lines):
                self.refused(claim(**lines), "not empty")

    def test_AValueOfTheWrongTypeIsRefused(self):
        self.refused(claim(names='"abort"'), "a list of strings", at="names")

    def test_ATargetOutOfRangeIsRefused(self):
        for target in ("0", "1", "-0.1", "nan"):
            with self.subTest(target):
                self.refused(claim(target=target), at="target")

    def test_EachMistakeOfAFileGetsItsOwnLine(self):
        text = claim(expect='"suported"', violation='"x"')
        self.write(FILE, text)
        said = self.bulkhead("run", FILE)
        self.assert_code(said, 2)
        for key in ("expect", "violation"):
            self.assertIn(f"{FILE}:{line_of(text, key)}: ", said.err)


class OwnClaim(Lab):
    def test_AClaimFileRunsWithoutARebuild(self):
        """The very file of README.md."""
        with open(os.path.join(SOURCE, "README.md"), encoding="utf-8") as file:
            own = file.read().split("\n## Your own claims\n")[1]
        text = own.split("```toml\n")[1].split("```")[0]
        self.write(FILE, text)
        said, directory = self.run_claims(FILE)
        self.assert_code(said, 0)
        self.assertEqual("supported", self.outcome(directory, "lab.abort-is-contained"))
        cells = [c["cell"] for c in self.results(directory)["verdicts"][0]["cells"]]
        self.assertEqual(["abort/exec", "abort/fork"], sorted(cells))

    def test_AClaimThatReplacesAnInstalledOneIsNoticed(self):
        self.write(FILE, CLAIM.replace("lab.abort-is-contained", "crash.process-contained"))
        said, _ = self.run_claims(FILE)
        notices = [r["text"] for r in said.records("notice")]
        self.assertEqual(1, len(notices), str(said))
        self.assertIn(f"crash.process-contained is that of {FILE}:3, in place of the installed one", notices[0])

    def test_TheSameFileTwiceIsRefusedAsThat(self):
        self.write(FILE, CLAIM)
        self.assert_refused(self.bulkhead("run", FILE, "./" + FILE), FILE, "named twice")

    def test_AnotherVehicleInTheFileIsAnotherVerdict(self):
        self.write(FILE, claim(vehicles='["thread"]', expect='"refuted"'))
        said, directory = self.run_claims(FILE)
        self.assert_code(said, 0)
        self.assertEqual("refuted", self.outcome(directory, "lab.abort-is-contained"))


class Option(Lab):
    def test_AnUnknownNameIsRefusedWithTheNearest(self):
        for arguments, nearest in ((["--fault", "nulstore"], "null-store"), (["--tag", "fatl"], "fatal"),
                                   (["--vehicle", "sesion"], "session"),
                                   (["crash.process-containd"], "crash.process-contained"),
                                   (["--trial", "5"], "--trials")):
            with self.subTest(arguments):
                self.assert_refused(self.bulkhead("run", *arguments), f'did you mean "{nearest}"?')
        self.assert_nothing_written()

    def test_AnUnknownLanguageOrFormatIsRefusedWithThoseThatExist(self):
        for arguments in (["run", "--lang", "fr"], ["list", "--lang", "fr"], ["explain", "fork", "--lang", "fr"]):
            with self.subTest(arguments):
                self.assert_refused(self.bulkhead(*arguments), '"fr"', "en, id, pt")
        self.assert_refused(self.bulkhead("run", "--format", "pdf"), "json, html")

    def test_AValueOutOfRangeIsRefusedWithTheRange(self):
        for option, value in (("--trials", "0"), ("--trials", "-1"), ("--trials", "many"), ("--bound", "2"),
                              ("--bound", "0"), ("--confidence", "1"), ("--seed", "x"), ("--jobs", "0"),
                              ("--timeout", "0"), ("--timeout", "5"), ("--core", "maybe"), ("--color", "red")):
            with self.subTest((option, value)):
                self.assert_refused(self.bulkhead("run", option, value), option, f'"{value}"', "accepted: ")
        self.assert_nothing_written()

    def test_OptionsThatExcludeEachOtherAreRefused(self):
        self.assert_refused(self.bulkhead("run", "--trials", "5", "--bound", "0.1"), "--trials", "--bound")

    def test_AnEmptySelectionIsRefused(self):
        for arguments in (["crash.process-contained", "--vehicle", "thread"], ["no.such-*"],
                          ["crash.*", "-e", "crash.*"]):
            with self.subTest(arguments):
                self.assert_refused(self.bulkhead("run", *arguments), "accepted: ")
        self.assert_nothing_written()

    def test_AnUnknownRunIsRefused(self):
        for command in ("report", "judge"):
            with self.subTest(command):
                self.assert_refused(self.bulkhead(command, "no-such-run"), "no-such-run")
                self.assert_refused(self.bulkhead(command, self.place), self.place)

    def test_AnUnknownTopicIsRefusedWithTheNearest(self):
        self.assert_refused(self.bulkhead("explain", "suported"), 'did you mean "supported"?')


if __name__ == "__main__":
    unittest.main()
