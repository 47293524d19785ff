"""explain in three languages: the page, the claim's sentence, and who chooses the language."""

import json
import os
import unittest

from catalogs_test import read
from lab import SOURCE, Lab, claim
from words_test import claims

CATALOGS = {"id": "id", "pt": "pt_BR"}
# One of each kind: claims of each quantifier, scenario, vehicle, verdict, finding, tag, word.
TOPICS = ("crash.thread-takes-process", "cost.process-creation-slower", "null-store", "pidns", "thread", "conditional",
          "not-applicable", "silent-damage", "fatal", "void")


def flat(text):
    return " ".join(text.split())


def messages(language):
    """English -> translation, of the texts of several words that differ."""
    entries = read(os.path.join(SOURCE, "reports", "catalogs", CATALOGS[language] + ".po"))
    return {texts["msgid"]: texts["msgstr"] for _, texts in entries
            if texts.get("msgstr") and texts["msgid"].count(" ") > 2 and "{" not in texts["msgid"]}


class Languages(Lab):
    def explain(self, topic, *arguments, **environment):
        said = self.bulkhead("explain", topic, *arguments, env=self.environment(**environment))
        self.assert_code(said, 0)
        return flat(said.out)

    def test_NoEnglishIsLeftOnAPage(self):
        for topic in TOPICS:
            english = self.explain(topic, "--lang", "en")
            for language in CATALOGS:
                known = messages(language)
                self.assertGreater(len(known), 150)
                with self.subTest((language, topic)):
                    page = self.explain(topic, "--lang", language)
                    said = [text for text in known if text in english]
                    self.assertNotEqual([], said, english)
                    for text in said:
                        self.assertNotIn(text, page)
                        self.assertIn(flat(known[text]), page)

    def test_EveryVerdictFindingAndWordIsTranslated(self):
        for language in CATALOGS:
            for topic in ("supported", "refuted", "inconclusive", "broken", "trial", "cell", "canary", "envelope",
                          "bystander-died", "updates-lost", "foreign-seen"):
                with self.subTest((language, topic)):
                    self.assertNotEqual(self.explain(topic, "--lang", "en"), self.explain(topic, "--lang", language))

    def test_WordsThatAreTypedAreTheSame(self):
        for language in CATALOGS:
            page = self.explain("crash.process-contained", "--lang", language)
            for word in ("bystander-stopped", "always", "no-fault", "supported", "refuted", "abort/fork",
                         "bulkhead run crash.process-contained"):
                self.assertIn(word, page)

    def test_TheRationaleIsInTheLanguageOfThePage(self):
        rationale = claims()["memory.fork-copies"]["rationale"]
        self.assertEqual({"en", *CATALOGS}, set(rationale))
        for language in rationale:
            with self.subTest(language):
                page = self.explain("memory.fork-copies", "--lang", language)
                for other, text in rationale.items():
                    (self.assertIn if other == language else self.assertNotIn)(flat(text), page)

    def test_TheRationalesOfInstalledClaimsAreTranslated(self):
        for claim_id, table in claims().items():
            with self.subTest(claim_id):
                self.assertIsInstance(table["rationale"], dict)
                self.assertEqual({"en", *CATALOGS}, set(table["rationale"]))

    def test_AnEnglishRationaleIsShownAsWhatItIs(self):
        self.write("my-lab.toml", claim().replace('target = 0.1', 'target = 0.1\nrationale = "Kill one of them."'))
        self.assertIn("Kill one of them.", self.explain("my-lab.toml", "--lang", "en"))
        self.assertNotIn("translation", self.explain("my-lab.toml", "--lang", "en"))
        self.assertIn("Kill one of them. (bagian ini belum diterjemahkan)", self.explain("my-lab.toml", "--lang", "id"))
        self.assertIn("Kill one of them. (isto ainda não tem tradução)", self.explain("my-lab.toml", "--lang", "pt"))

    def test_TheEnvironmentChoosesAndTheOptionIsStronger(self):
        english, indonesian, portuguese = "a bystander is gone", "sebuah unit sekitar lenyap", "um espectador se foi"
        for expected, arguments, environment in (
                (english, (), {}),
                (english, (), {"LANG": None}),
                (indonesian, (), {"LANG": "id_ID.UTF-8"}),
                (portuguese, (), {"LANG": "id_ID.UTF-8", "LC_MESSAGES": "pt_BR.UTF-8"}),
                (portuguese, (), {"LANG": "C", "LC_ALL": "pt"}),
                (english, (), {"LANG": "id_ID.UTF-8", "LC_ALL": "C"}),
                (english, (), {"LANG": "fr_FR.UTF-8"}),
                (indonesian, ("--lang", "id"), {"LC_ALL": "pt_BR.UTF-8"}),
                (portuguese, ("--lang", "pt_BR"), {"LANG": "C"}),
                (english, ("--lang", "en"), {"LC_ALL": "pt_BR.UTF-8"})):
            with self.subTest((arguments, environment)):
                self.assertIn(expected, self.explain("bystander-died", *arguments, **environment))

    def test_WithoutTheOptionTheSentenceIsInAllLanguages(self):
        texts = claims()["crash.process-contained"]["text"]
        page = self.explain("crash.process-contained", LANG="pt_BR.UTF-8")
        for text in texts.values():
            self.assertIn(flat(text), page)
        self.assertIn(flat(texts["id"]) + " (original)", page)
        self.assertIn("Como ler o veredito", page)

    def test_ASentenceWithoutTranslationIsShownInEnglishAndAsItWasSaid(self):
        self.write("my-lab.toml", claim().replace("text.en =", 'text.id = "Saudaranya tetap berjalan."\ntext.en ='))
        page = self.explain("my-lab.toml", "--lang", "pt")
        self.assertIn("Saudaranya tetap berjalan. (original)", page)
        self.assertIn("en When one process aborts", page)

    def test_RefusalsSpeakTheLanguageToo(self):
        self.assert_refused(self.bulkhead("explain", "trail", "--lang", "en"), 'nothing is called "trail"',
                            'did you mean "trial"?')
        self.assert_refused(self.bulkhead("explain", "trail", "--lang", "id"), 'tidak ada yang bernama "trail"',
                            'maksudnya "trial"?')
        self.assert_refused(self.bulkhead("explain", "trail", "--lang", "pt"), 'nada se chama "trail"',
                            'seria "trial"?')
        self.assert_refused(self.bulkhead("explain", "trial", "--lang", "de"), '"de"', "accepted: en, id, pt")

    def test_TheWholeReportIsInTheLanguage(self):
        """Without any locale of the system, and with whatever it is told."""
        said, directory = self.run_claims("crash.process-contained", "--fault", "abort", "--vehicle", "fork",
                                          "--trials", "5")
        self.assert_code(said, 3)
        texts = claims()["crash.process-contained"]["text"]
        for language, sentence, bound in (
                ("id", "Tidak ada temuan dalam 5 percobaan, tetapi lajunya bisa sampai 46 %", "45,1 %"),
                ("pt", "Nenhum achado em 5 ensaios, mas a taxa pode chegar a 46 %", "45,1 %"),
                ("en", "No finding in 5 trials, but the rate may be up to 46 %", "45.1 %")):
            pages = set()
            for environment in ({"LC_ALL": "C"}, {"LC_ALL": "C", "LOCPATH": "/nonexistent"},
                                {"LC_ALL": "pt_BR.UTF-8"}, {"LC_ALL": "de_DE.UTF-8", "LANGUAGE": "de"}):
                shown = self.bulkhead("report", directory, "--format", "markdown", "--lang", language,
                                      env=self.environment(**environment))
                self.assert_code(shown, 3)
                pages.add(shown.out)
            page, = pages
            with self.subTest(language):
                self.assertIn(sentence.lower(), page.lower())
                self.assertIn(bound, page)
                self.assertIn("> " + texts[language], page)
                self.assertIn(texts["id"], page)  # in the original, too, and marked
                self.assertIn({"id": "- id (asli): ", "en": "- id (original): "}.get(language, "- id (original): "), page)
                self.assertRegex(page.splitlines()[-1], r"^Trials planned \d+ = executed \d+ \+ skipped \d+ \+ broken")
                if language != "en":
                    for text in messages(language):
                        self.assertNotIn(text, page)

    def test_WhatProgramsReadIsEnglish(self):
        said, directory = self.run_claims("crash.process-contained", "--fault", "abort", "--vehicle", "fork",
                                          "--trials", "5", "--progress", "plain", "--lang", "pt",
                                          env=self.environment(LC_ALL="pt_BR.UTF-8"))
        self.assert_code(said, 3)
        verdict, = said.records("verdict")
        self.assertEqual("inconclusive", verdict["outcome"])
        stored, = self.results(directory)["verdicts"]
        self.assertTrue(stored["sentence"].startswith("Inconclusive: "), stored["sentence"])
        with open(os.path.join(directory, "results.json"), encoding="utf-8") as file:
            document = json.load(file)
        for text in messages("pt").values():
            self.assertNotIn(text, json.dumps(document, ensure_ascii=False))


if __name__ == "__main__":
    unittest.main()
