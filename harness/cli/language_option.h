// Which language somebody is answered in.
//
// Runs in: supervisor.  Errors are of Error::Kind::kUser.
#ifndef BULKHEAD_CLI_LANGUAGE_OPTION_H_
#define BULKHEAD_CLI_LANGUAGE_OPTION_H_

#include <string>

#include "harness/base/error.h"
#include "harness/cli/console.h"
#include "reports/translator.h"

namespace bulkhead {

// The value of --lang: "en", "id", "pt", and "pt_BR" for the last.
Expected<Language> ParseLanguage(const std::string& text);

// The first of LC_ALL, LC_MESSAGES and LANG that says something, as for every program
// (setlocale(3)); English when it names none of ours.
Language LanguageOfEnvironment(const GetEnv& env);

}  // namespace bulkhead

#endif  // BULKHEAD_CLI_LANGUAGE_OPTION_H_
