"""Verdicts come out of the evidence: with an eye put out, nothing is supported any more."""

import unittest

from lab import Lab

CLAIMS = {"crash.process-contained": ("abort", "fork"), "corruption.process-contained": ("wild-store", "fork")}


class Blinding(Lab):
    def outcome_with(self, claim_id, *blind):
        fault, vehicle = CLAIMS[claim_id]
        said, directory = self.run_claims(claim_id, "--fault", fault, "--vehicle", vehicle, *blind)
        verdict, = self.results(directory)["verdicts"]
        self.assertEqual([f"{fault}/{vehicle}"], [c["cell"] for c in verdict["cells"]])
        return said, verdict

    def test_WithAllEyesTheClaimsAreSupported(self):
        for claim_id in CLAIMS:
            with self.subTest(claim_id):
                said, verdict = self.outcome_with(claim_id)
                self.assert_code(said, 0)
                self.assertEqual("supported", verdict["outcome"])

    def blinded(self, eye, code, control_failed):
        for claim_id in CLAIMS:
            with self.subTest(claim_id):
                said, verdict = self.outcome_with(claim_id, "--blind", eye)
                self.assertEqual("inconclusive", verdict["outcome"], str(said))
                self.assertEqual(control_failed, verdict["control_failed"], str(said))
                self.assert_code(said, code)
                self.assertEqual(eye, said.records("run")[0]["blind"])
                self.assertTrue(any(f"Blinded on purpose: {eye}." in r["text"] for r in said.records("notice")))
                attention, = said.records("attention")
                self.assertEqual(claim_id, attention["claim"])
                self.assertTrue(attention["why"].startswith("Inconclusive: "), attention["why"])

    def test_WithoutTheCanaryCheckNothingIsSupported(self):
        self.blinded("canary", 4, True)

    def test_WithoutTheFaultNothingIsSupported(self):
        self.blinded("injection", 3, False)

    def test_WithoutTheChallengeNothingIsSupported(self):
        self.blinded("challenge", 4, True)

    def test_WithoutTheKernelsWordOfDeathNothingIsSupported(self):
        self.blinded("wait", 4, True)

    def test_AnEyeThatDoesNotExistIsRefused(self):
        self.assert_refused(self.bulkhead("run", "--blind", "nose"), '"nose"', "canary, injection, challenge, wait")


if __name__ == "__main__":
    unittest.main()
