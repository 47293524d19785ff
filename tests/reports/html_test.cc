// report.html: one well-formed page that needs nothing from elsewhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <pugixml.hpp>
#include <regex>
#include <set>

#include "reports/writer.h"
#include "tests/reports/sample_report.h"

namespace bulkhead {
namespace {

namespace fs = std::filesystem;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string Page(const RunReport& report = sample::Sample(), const WriteOptions& options = {}) {
  return WriteHtml(report, options).text;
}

// The page is written so that readers of XML understand it, too.
std::string ErrorOf(const std::string& page, pugi::xml_document& document) {
  const auto result = document.load_buffer(
      page.data(), page.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (result) return "";
  const auto at = static_cast<std::size_t>(result.offset);
  return std::string(result.description()) + " at: " + page.substr(at > 80 ? at - 80 : 0, 160);
}

std::vector<std::string> Attributes(const pugi::xml_document& document, const char* name) {
  std::vector<std::string> values;
  for (const auto& found : document.select_nodes((std::string("//@") + name).c_str())) {
    values.emplace_back(found.attribute().value());
  }
  return values;
}

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

// A run with so many decisive trials that one page would be too large.
RunReport Huge() {
  RunReport report = sample::Sample();
  const Verdict verdict = report.verdicts[0];
  const Claim claim = report.plan.claims[0];
  for (std::uint64_t i = 0; i < 400; ++i) {
    Verdict copy = verdict;
    Claim copied = claim;
    copied.id = copy.claim = "huge.claim-" + std::to_string(i);
    copy.witness = 1000 + i;
    copy.cells.resize(1);
    copy.cells[0].typical = 1000 + i;
    Trial trial = report.decisive[5];
    trial.plan.id = 1000 + i;
    for (int line = 0; line < 400; ++line) trial.output += std::string(99, 'x') + "\n";
    report.decisive[trial.plan.id] = trial;
    report.plan.claims.push_back(copied);
    report.verdicts.push_back(copy);
  }
  return report;
}

TEST(Html, IsWellFormedWhateverProgramsWrote) {
  pugi::xml_document document;
  EXPECT_EQ(ErrorOf(Page(), document), "");
  EXPECT_EQ(ErrorOf(Page(RunReport{}), document), "");
}

TEST(Html, NeedsNothingFromElsewhere) {
  const std::string page = Page();
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("url(")));
  EXPECT_THAT(page, Not(HasSubstr("@import")));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  pugi::xml_document document;
  ASSERT_EQ(ErrorOf(page, document), "");
  EXPECT_THAT(Attributes(document, "src"), IsEmpty());
  EXPECT_THAT(Attributes(document, "href"), Each(testing::StartsWith("#")));
}

TEST(Html, EveryLinkLeadsSomewhereAndEveryIdIsOne) {
  pugi::xml_document document;
  ASSERT_EQ(ErrorOf(Page(), document), "");
  std::set<std::string> ids;
  for (const std::string& id : Attributes(document, "id")) {
    EXPECT_TRUE(ids.insert(id).second) << id << " occurs twice";
  }
  for (const std::string& href : Attributes(document, "href")) {
    EXPECT_TRUE(ids.contains(href.substr(1))) << href << " leads nowhere";
  }
  for (const char* name : {"aria-labelledby", "aria-describedby"}) {
    for (const std::string& value : Attributes(document, name)) {
      std::istringstream words(value);
      for (std::string id; words >> id;) EXPECT_TRUE(ids.contains(id)) << name << " " << id;
    }
  }
}

TEST(Html, EveryTableHasACaptionAndScopes) {
  pugi::xml_document document;
  ASSERT_EQ(ErrorOf(Page(), document), "");
  EXPECT_GT(document.select_nodes("//table").size(), 8u);
  EXPECT_EQ(document.select_nodes("//table[not(caption)]").size(), 0u);
  EXPECT_EQ(document.select_nodes("//th[not(@scope)]").size(), 0u);
  EXPECT_EQ(document.select_nodes("//svg[not(@role) and not(@aria-hidden)]").size(), 0u);
}

TEST(Html, EveryKeyOfTheTemplatesIsSet) {
  const fs::path reports = fs::path(BULKHEAD_SOURCE_DIR) / "reports";
  std::string sources = ReadAll(reports / "html.cc");
  for (const auto& entry : fs::directory_iterator(reports / "html")) {
    if (entry.path().extension() == ".cc") sources += ReadAll(entry.path());
  }
  static const std::regex kKey(R"(\{\{\{?[#^>]?([a-z_]+)\}?\}\})");
  for (const auto& entry : fs::directory_iterator(reports / "html/templates")) {
    const std::string text = ReadAll(entry.path());
    for (std::sregex_iterator key(text.begin(), text.end(), kKey), end; key != end; ++key) {
      EXPECT_THAT(sources, HasSubstr("\"" + (*key)[1].str() + "\"")) << entry.path().filename();
    }
  }
}

TEST(Html, ShowsForeignTextAsItWasTyped) {
  const std::string page = Page();
  EXPECT_THAT(page, HasSubstr("&lt;b&gt;bold&lt;/b&gt; &lt;/script&gt;"));
  EXPECT_THAT(page, Not(HasSubstr("<b>bold")));
  EXPECT_THAT(page, HasSubstr("␛[31mred"));
}

TEST(Html, PutsTheUnexpectedFirst) {
  const std::string page = Page();
  const auto at = [&](const std::string& id) { return page.find("\">" + id + "</a>"); };
  EXPECT_LT(at("memory.process-private"), at("corruption.process-contained"));  // a control failed
  EXPECT_LT(at("corruption.process-contained"), at("crash.process-contained"));
  EXPECT_THAT(page, HasSubstr("class=\"banner bad\""));
}

TEST(Html, SaysThatAllIsAsExpectedOnlyWhenItIs) {
  RunReport calm = sample::Sample();
  calm.exit_code = 0;
  const Verdict first = calm.verdicts[0];
  calm.verdicts = {first};
  EXPECT_THAT(Page(calm), HasSubstr("its verdict is as expected"));
  EXPECT_THAT(Page(), Not(HasSubstr("as expected.</p>\n<ul")));
  calm.verdicts[0].as_expected.reset();
  EXPECT_THAT(Page(calm), HasSubstr("no verdict was expected"));
}

TEST(Html, QuotesAClaimInItsOwnLanguageWithTheReaders) {
  const std::string page = Page(sample::Sample(), {.language = "pt"});
  EXPECT_THAT(page, HasSubstr("<html lang=\"pt\">"));
  EXPECT_THAT(page, HasSubstr("lang=\"id\">Jika satu proses mengalami crash"));
  EXPECT_THAT(page, HasSubstr("lang=\"pt\">A falha de um processo"));
}

TEST(Html, LeavesOutNamesOfHostsAndPeopleUnlessAsked) {
  EXPECT_THAT(Page(), Not(HasSubstr("alice")));
  EXPECT_THAT(Page(), Not(HasSubstr("buildhost7")));
  EXPECT_THAT(Page(sample::Sample(), {.names = true}), HasSubstr("buildhost7"));
}

TEST(Html, TellsWhatChangedSinceTheBaseline) {
  RunReport before = sample::Sample();
  before.verdicts[0].outcome = Outcome::kRefuted;
  before.verdicts.pop_back();
  const std::string page = Page(sample::Sample(), {.baseline = &before});
  EXPECT_THAT(page, HasSubstr("<td>was refuted</td>"));
  EXPECT_THAT(page, HasSubstr("<td>same</td>"));
  EXPECT_THAT(page, HasSubstr("<td>new</td>"));
  EXPECT_THAT(Page(), Not(HasSubstr("<td>same</td>")));
}

TEST(Html, MovesWhatIsTooLargeToFilesBesideItAndSaysSo) {
  const Document document = WriteHtml(Huge(), {});
  EXPECT_LT(document.text.size(), 12'000'000u);
  ASSERT_FALSE(document.beside.empty());
  EXPECT_THAT(document.text, HasSubstr("no raw records"));
  EXPECT_THAT(document.text, HasSubstr("in files of their own"));
  pugi::xml_document page;
  for (const File& file : document.beside) {
    EXPECT_THAT(file.name, testing::StartsWith("evidence/claim-"));
    EXPECT_THAT(document.text, HasSubstr("href=\"" + file.name + "\""));
    EXPECT_THAT(file.bytes, HasSubstr("href=\"../report.html#claim-"));
  }
  EXPECT_EQ(ErrorOf(document.beside[0].bytes, page), "");
  EXPECT_EQ(ErrorOf(document.text, page), "");
  EXPECT_TRUE(WriteHtml(sample::Sample(), {}).beside.empty());
}

}  // namespace
}  // namespace bulkhead
