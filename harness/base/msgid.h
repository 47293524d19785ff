// Marks an English text as a message of the catalogs in reports/catalogs, where it is written; who
// prints it translates it (reports/translator.h).
//
// Runs in: anywhere.  Does nothing: script/catalogs looks for the word.
#ifndef BULKHEAD_BASE_MSGID_H_
#define BULKHEAD_BASE_MSGID_H_

namespace bulkhead {

constexpr const char* Msgid(const char* english) { return english; }

}  // namespace bulkhead

#endif  // BULKHEAD_BASE_MSGID_H_
