// The compiled message catalogs (*.mo), as bytes within the program.  The definitions are made by
// CMake from reports/catalogs/*.po.
//
// Runs in: anywhere.  Constant data; only reports/translator.cc reads it.
#ifndef BULKHEAD_REPORTS_CATALOGS_H_
#define BULKHEAD_REPORTS_CATALOGS_H_

#include <span>

namespace bulkhead::catalogs {

extern const std::span<const unsigned char> kIndonesian;
extern const std::span<const unsigned char> kPortuguese;

}  // namespace bulkhead::catalogs

#endif  // BULKHEAD_REPORTS_CATALOGS_H_
