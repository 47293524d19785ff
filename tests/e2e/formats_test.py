"""Every format that the program offers is read by a consumer that is not ours.

The list of formats is the program's own: a format that it learns is written here without another
line, and fails until CONSUMERS knows who reads it.
"""

import contextlib
import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import unittest

from lab import Lab, SOURCE, claim, plugin

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x9f]")
GITHUB_LIMIT = 1 << 20


def needs(module):
    try:
        return __import__(module)
    except ImportError as error:
        raise unittest.SkipTest(f"{module} is not installed") from error


def read(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8")  # valid, or an error


def harmless(test, text):
    test.assertIsNone(CONTROL.search(text), CONTROL.search(text))


def by_schema(test, document, schema):
    jsonschema = needs("jsonschema")
    with open(os.path.join(SOURCE, "reports", "schema", schema), encoding="utf-8") as file:
        content = json.load(file)
    errors = list(jsonschema.validators.validator_for(content)(content).iter_errors(document))
    test.assertEqual([], [f"{list(e.absolute_path)}: {e.message[:200]}" for e in errors[:5]])


def strict_json(text):
    def refuse(name):
        raise ValueError(name)
    return json.loads(text, parse_constant=refuse)


def check_json(test, path, run):
    document = strict_json(read(path))
    by_schema(test, document, "results-1.schema.json")
    test.assertEqual(run["claims"], [v["claim"] for v in document["verdicts"]])


def check_journal(test, path, run):
    lines = read(path).split("\n")
    test.assertEqual("", lines.pop())
    records = [strict_json(line) for line in lines]
    test.assertEqual(list(range(len(records))), [r["seq"] for r in records])
    test.assertEqual(["head", "plan"], [r["kind"] for r in records[:2]])
    test.assertEqual("end", records[-1]["kind"])
    test.assertEqual(run["trials"], sum(r["kind"] == "trial" for r in records))
    kinds = {}
    for record in records:  # the validator is slow: of each kind some
        if kinds.setdefault(record["kind"], 0) < 40:
            kinds[record["kind"]] += 1
            by_schema(test, record, "journal-1.schema.json")


def check_junit(test, path, run):
    text = read(path)
    harmless(test, text)
    if shutil.which("xmllint"):
        subprocess.run(["xmllint", "--noout", "--nonet", path], check=True)
    xml = needs("junitparser").JUnitXml.fromfile(path)
    names = [f"{case.classname}.{case.name}" for suite in xml for case in suite]
    test.assertEqual(len(names), len(set(names)))
    test.assertEqual(len(names), xml.tests)
    for one in run["claims"]:
        test.assertIn(one, names)
    bad = xml.failures + xml.errors
    test.assertEqual(run["code"] != 0, bad > 0, text[-2000:])


def check_tap(test, path, run):
    harmless(test, read(path))
    needs("tap")
    from tap.parser import Parser
    plan, results = None, []
    with contextlib.redirect_stdout(io.StringIO()):  # it says what modules it would rather have
        lines = list(Parser().parse_file(path))
    for line in lines:
        if line.category == "plan":
            plan = line.expected_tests
        elif line.category == "test":
            results.append(line)
        else:
            test.assertNotEqual("bail", line.category)
    test.assertEqual(plan, len(results))
    test.assertEqual(list(range(1, plan + 1)), [r.number for r in results])
    test.assertEqual([], [r for r in results if r.todo])
    test.assertEqual(run["code"] == 0, all(r.ok for r in results))
    # What follows a point is YAML, and nothing else: TAP readers do not look into it.
    yaml = needs("yaml")
    blocks = re.findall(r"^  ---\n(.*?)^  \.\.\.\n", read(path), re.MULTILINE | re.DOTALL)
    test.assertEqual(plan, len(blocks))
    for block in blocks:
        test.assertIsInstance(yaml.safe_load(block)["message"], str)


class Ktap:
    """As strict as Documentation/dev-tools/ktap.rst of Linux: no unknown lines."""

    RESULT = re.compile(r"(ok|not ok) (\d+)( [^#]*)?( # (?:(SKIP|TODO|XFAIL|TIMEOUT|ERROR)\b)?.*)?$")

    def __init__(self, text):
        self.lines = text.split("\n")
        assert self.lines.pop() == ""
        self.at = 0
        self.names = []
        self.ok = self.block("", [])
        assert self.at == len(self.lines), self.lines[self.at]

    def take(self):
        self.at += 1
        return self.lines[self.at - 1]

    def block(self, indent, parents):
        assert self.take() == indent + "KTAP version 1"
        count = int(re.fullmatch(indent + r"1\.\.(\d+)", self.take()).group(1))
        all_ok, number = True, 1
        children = None
        while number <= count:
            if self.lines[self.at] == indent + "  KTAP version 1":
                assert children is None
                self.names.append([])
                children = self.block(indent + "  ", parents)
                continue
            line = self.take()
            assert line.startswith(indent) and line[len(indent):len(indent) + 1] != " ", line
            if line.startswith(indent + "# "):
                continue
            result = self.RESULT.match(line[len(indent):])
            assert result and int(result.group(2)) == number, line
            ok = result.group(1) == "ok"
            if result.group(5) in ("TIMEOUT", "ERROR"):
                assert not ok, line
            if children is not None:
                assert children == ok, line
            all_ok, children, number = all_ok and ok, None, number + 1
        return all_ok


def check_ktap(test, path, run):
    text = read(path)
    harmless(test, text)
    test.assertEqual(run["code"] == 0, Ktap(text).ok)


def check_csv(test, path, run):
    text = read(path)
    harmless(test, text)
    test.assertEqual(text.count("\n"), text.count("\r\n"))
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    test.assertEqual({len(rows[0])}, {len(row) for row in rows})
    test.assertEqual(len(rows[0]), len(set(rows[0])))
    for row in rows[1:]:
        for value in row:
            if value[:1] in ("=", "+", "-", "@"):
                float(value)
    name = os.path.basename(path)
    if name == "claims.csv":
        test.assertEqual(run["claims"], [row[0] for row in rows[1:]])
    if name == "trials.csv":
        test.assertEqual(run["trials"], len(rows) - 1)


def check_prometheus(test, path, run):
    text = read(path)
    harmless(test, text)
    needs("prometheus_client")
    from prometheus_client.parser import text_string_to_metric_families
    families = {f.name: f for f in text_string_to_metric_families(text)}
    verdicts = families["bulkhead_claim_verdict"].samples
    test.assertEqual(len(run["claims"]), sum(s.value for s in verdicts))
    test.assertEqual(run["code"], families["bulkhead_run_exit_code"].samples[0].value)
    for family in families.values():
        test.assertEqual("gauge", family.type)
        test.assertTrue(all(s.timestamp is None for s in family.samples))  # the collector refuses it
    if shutil.which("promtool"):
        subprocess.run(["promtool", "check", "metrics"], input=text, text=True, check=True)


def check_trace(test, path, run):
    events = strict_json(read(path))["traceEvents"]
    harmless(test, read(path))
    named = {"process_name": set(), "thread_name": set()}
    slices, pairs = {}, {}
    for event in events:
        thread = (event["pid"], event["tid"])
        if event["ph"] == "M":
            named[event["name"]].add(thread)
        elif event["ph"] == "X":
            begin, took = round(event["ts"] * 1000), round(event["dur"] * 1000)  # ns, exactly
            slices.setdefault(thread, []).append((begin, begin + took))
        elif event["ph"] in "be":
            pairs.setdefault((event["cat"], event["id"], event["name"]), []).append(event)
        else:
            test.assertEqual("i", event["ph"])
    processes = {pid for pid, _ in named["process_name"]}
    for event in events:
        test.assertIn(event["pid"], processes)
        test.assertIn((event["pid"], event["tid"]), named["thread_name"])
    for thread, all_slices in slices.items():
        open_until = []
        for start, end in sorted(all_slices, key=lambda s: (s[0], -s[1])):
            while open_until and open_until[-1] <= start:
                open_until.pop()
            test.assertTrue(not open_until or end <= open_until[-1], thread)
            open_until.append(end)
    for pair in pairs.values():
        test.assertEqual(["b", "e"], [e["ph"] for e in pair])
        test.assertLessEqual(pair[0]["ts"], pair[1]["ts"])
    test.assertGreater(len(slices), 2)


def check_markdown(test, path, run):
    text = read(path)
    harmless(test, text)
    test.assertLess(len(text.encode()), GITHUB_LIMIT)
    test.assertNotIn("<script", text)
    for tag in ("details", "summary", "pre"):
        test.assertEqual(text.count(f"<{tag}>"), text.count(f"</{tag}>"), tag)


class Html(html.parser.HTMLParser):
    """Every element that is opened is closed, in order."""

    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source",
            "track", "wbr"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        pass  # "<meta/>", as readers of XML want it

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open, self.getpos())
        self.open.pop()


def check_html(test, path, run):
    text = read(path)
    harmless(test, text)
    parser = Html()
    parser.feed(text)
    parser.close()
    test.assertEqual([], parser.open)
    test.assertNotIn("alert(1)</script>", text)


def check_text(test, path, run):
    harmless(test, read(path))


CONSUMERS = {
    "terminal": check_text,
    "json": check_json,
    "markdown": check_markdown,
    "github": check_markdown,
    "junit": check_junit,
    "tap": check_tap,
    "ktap": check_ktap,
    "csv-claims": check_csv,
    "csv-cells": check_csv,
    "csv-trials": check_csv,
    "journal": check_journal,
    "prometheus": check_prometheus,
    "trace": check_trace,
}
# Of formats that somebody adds: by how their files are called.
BY_SUFFIX = {".html": check_html, ".md": check_markdown, ".json": lambda t, p, r: strict_json(read(p)),
             ".csv": check_csv, ".tex": check_text, ".txt": check_text, ".svg": check_text}


class Formats(Lab):
    def formats(self):
        """All that the program says it accepts."""
        self.write("empty.zst", "")
        said = self.bulkhead("report", "empty.zst", "--format", "no-such-format")
        self.assert_refused(said, "accepted: ")
        names = re.search(r"accepted: ([a-z0-9, -]+)", said.err).group(1).strip().split(", ")
        return [name for name in names if name != "csv"]

    def described(self, directory, said):
        results = self.results(directory)
        return {"code": said.code, "claims": [v["claim"] for v in results["verdicts"]],
                "trials": results["accounting"]["executed"] + results["accounting"]["broken"]}

    def check_all(self, directory, run):
        formats = self.formats()
        self.assertGreaterEqual(len(formats), len(CONSUMERS))
        for name in formats:
            with self.subTest(name):
                out = self.path(f"out-{name}")
                if name != "terminal":  # which has no file of its own
                    os.mkdir(out)
                said = self.bulkhead("report", directory, "--format", name, "-o", out)
                self.assert_code(said, run["code"])
                files = [out] if os.path.isfile(out) else [
                    os.path.join(out, file) for file in os.listdir(out)]
                check = CONSUMERS.get(name)
                for file in files:
                    suffix = os.path.splitext(file)[1]
                    reader = check or BY_SUFFIX.get(suffix)
                    if reader is None and os.path.isdir(file):
                        continue
                    self.assertIsNotNone(reader, f"nobody here reads {file}")
                    try:
                        reader(self, file, run)
                    except unittest.SkipTest as missing:
                        self.skipTest(str(missing))

    def test_ARealRun(self):
        said, directory = self.run_claims("crash.process-contained", "crash.thread-takes-process",
                                          "--profile", "smoke",
                                          "--fault", "null-store",
                                          "--vehicle", "fork,thread,pidns")
        self.check_all(directory, self.described(directory, said))

    def test_AnUnexpectedVerdict(self):
        self.write("my.toml", claim(expect='"refuted"'))
        said, directory = self.run_claims("my.toml")
        self.assert_code(said, 1)
        self.check_all(directory, self.described(directory, said))

    def test_ACrashThatShouts(self):
        self.write("my.toml", claim(names='["e2e-shouts"]', target="0.5",
                                    **{"text__en": '"</script> =1+1 | `x` # TODO \\u001b[31m ::error::"'}))
        said, directory = self.run_claims("my.toml", "--plugin", plugin("shouts"), "--trials", "3",
                                          "--timeout", "30s")
        run = self.described(directory, said)
        output = [t["output"] for t in self.results(directory)["decisive_trials"]]
        self.assertTrue(any(output), "the trial's output is kept")
        self.check_all(directory, run)

    def test_SeveralAtOnceWhileRunning(self):
        self.write("my.toml", claim())
        formats = [name for name in self.formats() if name != "terminal"]
        said, directory = self.run_claims("my.toml", "--format", ",".join(["csv", *formats]))
        self.assert_code(said, 0)
        run = self.described(directory, said)
        with open(os.path.join(directory, "manifest.json"), encoding="utf-8") as file:
            listed = json.load(file)["files"]
        later = self.path("later")
        self.assert_code(self.bulkhead("report", directory, "--format", ",".join(formats), "-o",
                                       later), 0)
        for name in ("junit.xml", "results.tap", "trials.csv", "claims.csv", "journal.jsonl",
                     "bulkhead.prom", "trace.json", "summary.md"):
            self.assertIn(name, listed)
            self.assertEqual(read(os.path.join(directory, name)), read(os.path.join(later, name)),
                             "made again from the journal it is the same")
        self.assertFalse([n for n in os.listdir(directory) if n.endswith(".part")])
        check_csv(self, os.path.join(directory, "trials.csv"), run)

    def test_LinesGoToStdout(self):
        self.write("my.toml", claim())
        _, directory = self.run_claims("my.toml")
        said = self.bulkhead("report", directory, "--format", "csv-trials")
        self.assert_code(said, 0)
        self.assertTrue(said.out.startswith("trial,block,scenario,"))
        self.assert_refused(self.bulkhead("report", directory, "--format", "csv"), "-o DIR")

    def test_NothingIsOverwritten(self):
        self.write("my.toml", claim())
        _, directory = self.run_claims("my.toml")
        self.write("mine.csv", "precious")
        said = self.bulkhead("report", directory, "--format", "csv-trials", "-o", "mine.csv")
        self.assert_refused(said, "mine.csv", "nothing is ever overwritten")
        self.assertEqual("precious", read(self.path("mine.csv")))
        said = self.bulkhead("report", directory, "--format", "journal", "-o", "missing/j.jsonl")
        self.assert_refused(said, "missing/j.jsonl", "accepted: ")

    def test_ATypingErrorInAFormatIsSuggested(self):
        said = self.bulkhead("run", "--format", "junitt")
        self.assert_refused(said, '"junitt"', 'did you mean "junit"', "csv-trials")

    def test_TheHelpOfFormatsFitsIntoEightyColumns(self):
        for command in ("run", "report"):
            said = self.bulkhead(command, "--help")
            formats = re.search(r"^  --format.*?(?=^  -)", said.out, re.MULTILINE | re.DOTALL)[0]
            for name in self.formats():
                if name != "terminal" or command == "report":
                    self.assertIn(name, formats)
            for line in formats.splitlines():
                self.assertLessEqual(len(line), 80, line)


class Github(Lab):
    def in_actions(self, summary, **toml):
        self.write("my.toml", claim(**toml))
        return self.run_claims("my.toml", env=self.environment(
            GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=summary))

    def test_TheSummaryIsAppendedAndUnexpectedVerdictsAreAnnotated(self):
        self.write("step.md", "before\n")
        said, _ = self.in_actions(self.path("step.md"), expect='"refuted"')
        self.assert_code(said, 1)
        summary = read(self.path("step.md"))
        self.assertTrue(summary.startswith("before\n## bulkhead: "), summary[:200])
        self.assertIn("the step summary was appended", said.err)
        self.assertIn("::error file=my.toml,line=3,title=lab.abort-is-contained%3A supported::",
                      said.err)
        self.assertIsNotNone(said.accounting, "the last line of stdout stays what it is")

    def test_WhatGoesWrongIsANote(self):
        said, _ = self.in_actions(self.path("missing", "step.md"))
        self.assert_code(said, 0)
        self.assertIn("note: no step summary was written", said.err)
        self.assertNotIn("::error", said.err)

    def test_ElsewhereNothingIsSaid(self):
        self.write("my.toml", claim(expect='"refuted"'))
        said, _ = self.run_claims("my.toml", env=self.environment(
            GITHUB_ACTIONS=None, GITHUB_STEP_SUMMARY=self.path("step.md")))
        self.assertNotIn("::error", said.out + said.err)
        self.assertFalse(os.path.exists(self.path("step.md")))


if __name__ == "__main__":
    unittest.main()
