# cmake -D MO=catalog.mo -D NAME=kIndonesian -D OUT=file.cc -P embed.cmake
# Writes OUT, which defines bulkhead::catalogs::NAME as the bytes of MO.
file(READ ${MO} bytes HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
file(WRITE ${OUT} "#include \"reports/catalogs.h\"

namespace bulkhead::catalogs {
namespace {
constexpr unsigned char kBytes[]{${bytes}};
}  // namespace
const std::span<const unsigned char> ${NAME}{kBytes};
}  // namespace bulkhead::catalogs
")
