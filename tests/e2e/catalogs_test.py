"""The message catalogs: nothing missing, nothing fuzzy, nothing that a translation may not change."""

import ast
import os
import re
import shutil
import subprocess
import unittest

from lab import SOURCE, Lab

LOCALES = {"id": "nplurals=1; plural=0;", "pt_BR": "nplurals=2; plural=(n > 1);"}
FIELD = re.compile(r"\{\{|\}\}|\{([^{}:]*)(:[^{}]*)?\}")
# Options, commands and what stands in backquotes is typed: it is the same in every language.
TYPED = re.compile(r"`[^`]*`|--[a-z-]+|\b[a-z_]+\(\)|/proc[/A-Za-z]*|\b(?:bulkhead|SIG[A-Z]+)\b")


def read(po):
    """[(flags, {keyword: text})] of a .po file; obsolete entries are comments."""
    entries, flags, texts, keyword = [], set(), {}, None
    with open(po, encoding="utf-8") as file:
        for line in [*file.read().split("\n"), ""]:
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith("msg"):
                keyword, _, quoted = line.partition(" ")
                texts[keyword] = ast.literal_eval(quoted)
            elif line.startswith('"'):
                texts[keyword] += ast.literal_eval(line)
            elif not line and texts:
                entries.append((flags, texts))
                flags, texts = set(), {}
    return entries


def fields(text):
    """The replacement fields with their numbers: "{} {:x}" has the same as "{1:x} {0}"."""
    found, following = set(), 0
    for field in FIELD.finditer(text):
        if field.group(0) in ("{{", "}}"):
            continue
        number = field.group(1)
        if not number:
            number, following = str(following), following + 1
        found.add((number, field.group(2) or ""))
    return found


class Catalogs(Lab):
    def check(self, tree):
        return subprocess.run([os.path.join(tree, "script", "catalogs"), "--check"], cwd=self.place,
                              capture_output=True, text=True, check=False, timeout=120)

    def copy_of_the_tree(self):
        tree = self.path("tree")
        for part in ("script", "reports", "harness", "scenarios"):
            shutil.copytree(os.path.join(SOURCE, part), os.path.join(tree, part), dirs_exist_ok=True)
        return tree

    def change(self, tree, file, old, new):
        path = os.path.join(tree, file)
        with open(path, encoding="utf-8") as stream:
            text = stream.read()
        self.assertEqual(1, text.count(old), f"{old!r} in {file}")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(text.replace(old, new))

    def entries(self, locale):
        entries = read(os.path.join(SOURCE, "reports", "catalogs", locale + ".po"))
        self.assertGreater(len(entries), 200)
        return entries

    def test_NothingIsMissingOrFuzzy(self):
        checked = self.check(SOURCE)
        self.assertEqual((0, ""), (checked.returncode, checked.stdout + checked.stderr))

    def test_AMessageThatNobodyTranslatedIsRefused(self):
        tree = self.copy_of_the_tree()
        self.change(tree, "harness/cli/explain.cc", 'tr("Controls")', 'tr("Controls of them")')
        checked = self.check(tree)
        self.assertEqual(1, checked.returncode)
        for locale in LOCALES:
            self.assertRegex(checked.stderr, rf"{locale}\.po|needed\.pot")
        self.assertIn("not defined", checked.stderr)

    def test_ATranslationThatIsFuzzyOrEmptyIsRefused(self):
        tree = self.copy_of_the_tree()
        self.change(tree, "reports/catalogs/id.po", '\nmsgid "Controls"\n', '\n#, fuzzy\nmsgid "Controls"\n')
        self.change(tree, "reports/catalogs/pt_BR.po", '\nmsgstr "Controles"\n', '\nmsgstr ""\n')
        checked = self.check(tree)
        self.assertEqual(1, checked.returncode)
        self.assertRegex(checked.stderr, r"id\.po:\d+: this message needs to be reviewed")
        self.assertRegex(checked.stderr, r"pt_BR\.po:\d+: this message is untranslated")

    def test_ANewScenarioNeedsNoTranslation(self):
        tree = self.copy_of_the_tree()
        self.change(tree, "scenarios/ending/abort.cc", '.summary = "', '.summary = "As nobody said before: ')
        checked = self.check(tree)
        self.assertEqual((0, ""), (checked.returncode, checked.stderr))

    def test_EachCountsAsItsLanguageDoes(self):
        for locale, rule in LOCALES.items():
            with self.subTest(locale):
                header = self.entries(locale)[0][1]["msgstr"]
                self.assertIn(f"Plural-Forms: {rule}\n", header)
                self.assertIn("charset=UTF-8", header)
                self.assertIn(f"Language: {locale}\n", header)

    def test_TranslationsKeepPlacesAndWhatIsTyped(self):
        for locale in LOCALES:
            for _, texts in self.entries(locale)[1:]:
                english = texts.get("msgid_plural", texts["msgid"])
                self.assertEqual(fields(texts["msgid"]), fields(english))
                for keyword, text in texts.items():
                    if not keyword.startswith("msgstr") or not text:
                        continue
                    with self.subTest(locale=locale, english=english):
                        self.assertEqual(fields(english), fields(text))
                        self.assertEqual(set(TYPED.findall(english)), set(TYPED.findall(text)))
                        self.assertEqual(english[:1].isspace(), text[:1].isspace())

    def test_ABadPlaceWouldBeSeen(self):
        self.assertNotEqual(fields("{} of {}"), fields("{}"))
        self.assertNotEqual(fields("{:x}"), fields("{}"))
        self.assertEqual(fields("{} of {:x}"), fields("{1:x}: {0}"))
        self.assertEqual(fields("{{}}"), fields("none"))


if __name__ == "__main__":
    unittest.main()
