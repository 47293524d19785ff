"""report.html as people meet it: in a browser, on paper, and by those who cannot see it.

Chromium shows it, poppler looks at the PDF, axe-core (from the npm registry) judges its
accessibility.  What is not on the machine is said and its test skipped.
"""

import html
import json
import os
import re
import shutil
import struct
import subprocess
import tarfile
import tempfile
import unittest
import zlib

from lab import DEADLINE, Lab, claim

AXE = "axe-core@4.10.3"

CLAIMS = claim(target="0.05") + """
[[claim]]
id = "lab.abort-spares-threads"
quantifier = "always"
text.en = "A thread survives the abort of another."
text.id = "Sebuah thread selamat dari abort thread lain."
original = "id"
expect = "refuted"

[[claim.source]]
note = "+"

[claim.experiment]
names = ["abort"]
vehicles = ["thread"]
violation = "bystander-affected"

[[claim]]
id = "lab.creation-costs"
quantifier = "ratio"
text.en = "Creating a process takes longer than creating a thread."
expect = "supported"

[[claim.source]]
note = "+"

[claim.experiment]
names = ["process-creation"]
vehicles = ["fork"]

[claim.experiment.ratio]
numerator = "process"
denominator = "thread"
than = 1.0
"""


def browser():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def chromium(*arguments):
    """Chromium without a window, a profile of its own, and no word to any network."""
    profile = tempfile.mkdtemp(prefix="bulkhead-chromium-")
    try:
        return subprocess.run(
            [browser(), "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--disable-dev-shm-usage", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND",
             "--user-data-dir=" + profile, *arguments],
            capture_output=True, text=True, timeout=DEADLINE, check=True)
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def colours(path):
    """How often each colour occurs in a PNG of 8 bits per channel, by (r, g, b)."""
    with open(path, "rb") as file:
        data = file.read()
    at, parts = 8, b""
    while at < len(data):
        size, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            assert depth == 8 and colour in (2, 6), (depth, colour)
            step = 3 if colour == 2 else 4
        elif kind == b"IDAT":
            parts += body
        at += 12 + size
    raw, seen, before = zlib.decompress(parts), {}, bytearray(width * step)
    for row in range(height):
        start = row * (width * step + 1)
        line, rule = bytearray(raw[start + 1:start + 1 + width * step]), raw[start]
        for i in range(len(line)):
            left = line[i - step] if i >= step else 0
            above, corner = before[i], before[i - step] if i >= step else 0
            if rule == 1:
                line[i] = (line[i] + left) & 255
            elif rule == 2:
                line[i] = (line[i] + above) & 255
            elif rule == 3:
                line[i] = (line[i] + (left + above) // 2) & 255
            elif rule == 4:
                guess = left + above - corner
                far = (abs(guess - left), abs(guess - above), abs(guess - corner))
                best = left if far[0] <= far[1] and far[0] <= far[2] else above if far[1] <= far[2] else corner
                line[i] = (line[i] + best) & 255
        for i in range(0, len(line), step * 7):
            key = tuple(line[i:i + 3])
            seen[key] = seen.get(key, 0) + 1
        before = line
    return seen


class Page(Lab):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = Lab()
        cls.addClassCleanup(cls.shared.doCleanups)
        cls.shared.setUp()
        cls.shared.write("my-lab.toml", CLAIMS)
        said, cls.stored = cls.shared.run_claims("my-lab.toml", "--seed", "7")
        cls.shared.assert_code(said, 0)
        cls.page = os.path.join(cls.stored, "report.html")
        with open(cls.page, encoding="utf-8") as file:
            cls.text = file.read()

    def browser(self):
        if browser() is None:
            self.skipTest("no chromium on this machine")

    def test_ItIsTheMainReportOfARun(self):
        said, directory = self.run_claims(self.shared.path("my-lab.toml"), "--trials", "5", "-q")
        self.assertIn(os.path.join(directory, "report.html"), said.out)

    def test_EveryClaimOfTheResultsIsInTheLedger(self):
        for verdict in self.results(self.stored)["verdicts"]:
            row = re.search(rf'<tr class="[a-z-]*"><th scope="row"><a href="#claim-\d+">{re.escape(verdict["claim"])}</a>'
                            r".*?</tr>", self.text, re.DOTALL)
            self.assertIsNotNone(row, verdict["claim"])
            self.assertIn(verdict["outcome"], row.group(0))
            if verdict["ratio"] is None:
                numbers = re.findall(r'<td class="num">([\d,]*)</td>', row.group(0))
                self.assertEqual([f"{verdict['counted']:,}", f"{verdict['found']:,}"], numbers[:2])

    def test_TheBrowserFindsTheDocumentThatWasWritten(self):
        self.browser()
        shown = chromium("--dump-dom", "file://" + self.page).stdout
        count = lambda text, tag: len(re.findall(rf"<{tag}[\s>]", text))
        for tag in ("table", "tr", "td", "th", "svg", "details", "article", "section", "figure"):
            self.assertEqual(count(self.text, tag), count(shown, tag), tag)

    def test_LightAndDarkAreDifferentAndNeitherIsEmpty(self):
        self.browser()
        grounds = []
        for name, options in (("light", ()), ("dark", ("--blink-settings=preferredColorScheme=0",))):
            picture = self.path(name + ".png")
            chromium("--window-size=1000,1400", "--screenshot=" + picture, *options, "file://" + self.page)
            seen = colours(picture)
            self.assertGreater(len(seen), 20, name)
            grounds.append(max(seen, key=seen.get))
        self.assertGreater(sum(grounds[0]), 700, grounds)
        self.assertLess(sum(grounds[1]), 150, grounds)

    def test_OnPaperItIsA4AndTagged(self):
        self.browser()
        if shutil.which("pdfinfo") is None:
            self.skipTest("no pdfinfo on this machine")
        pdf = self.path("report.pdf")
        chromium("--no-pdf-header-footer", "--print-to-pdf=" + pdf, "file://" + self.page)
        told = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        self.assertRegex(told, r"Tagged: +yes")
        self.assertRegex(told, r"Page size: .*A4")
        pages = int(re.search(r"Pages: +(\d+)", told).group(1))
        self.assertLess(3, pages)
        self.assertLess(pages, 25)
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        # Folded on the screen, and printed: the experiment.  Left out on purpose: raw records.
        self.assertIn("What was done", text)
        self.assertNotIn('"kind"', text)

    def test_AxeFindsNothing(self):
        self.browser()
        source = axe(self.place)
        if source is None:
            self.skipTest(AXE + " cannot be had from the npm registry here")
        for name, options in (("light", ()), ("dark", ("--blink-settings=preferredColorScheme=0",))):
            with self.subTest(name):
                found = violations(self, source, options)
                self.assertEqual([], [(v["id"], [n["html"][:200] for n in v["nodes"][:3]]) for v in found])


def axe(place):
    """The text of axe.min.js, or None."""
    if shutil.which("npm") is None:
        return None
    try:
        subprocess.run(["npm", "pack", "--silent", AXE], cwd=place, capture_output=True, timeout=DEADLINE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return None
    package, = [name for name in os.listdir(place) if name.endswith(".tgz")]
    with tarfile.open(os.path.join(place, package)) as files:
        return files.extractfile("package/axe.min.js").read().decode()


def violations(test, source, options):
    """What axe says of the page, every fold open; the page itself runs no script."""
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", test.text)
    text = text.replace("<details>", '<details open="open">').replace('<details class="', '<details open="open" class="')
    report = test.path("axe.html")
    with open(report, "w", encoding="utf-8") as file:
        file.write(text.replace("</body>", f"""<script>{source}</script><script>
axe.run(document, {{runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}})
  .then(r => {{ document.documentElement.innerHTML = "<body><pre id=said></pre></body>";
               document.getElementById("said").textContent = JSON.stringify(r.violations); }})
  .catch(e => {{ document.documentElement.innerHTML = "<body><pre id=said></pre></body>";
               document.getElementById("said").textContent = "error " + e; }});
</script></body>"""))
    shown = chromium("--virtual-time-budget=60000", "--dump-dom", *options, "file://" + report).stdout
    said = re.search(r'<pre id="said">(.*?)</pre>', shown, re.DOTALL)
    test.assertIsNotNone(said, shown[:300])
    return json.loads(html.unescape(said.group(1)))


if __name__ == "__main__":
    unittest.main()
