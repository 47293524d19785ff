# cmake -D DIR=templates -D OUT=file.cc -P embed.cmake
# Writes OUT, which defines the texts of reports/html/templates.h.
set(out "#include \"reports/html/templates.h\"\n\nnamespace bulkhead::html {\n")
foreach(text IN ITEMS Page=page.mustache Claim=claim.mustache Figure=figure.mustache
                      Table=table.mustache Spilled=spilled.mustache Style=style.css)
  string(REPLACE "=" ";" text ${text})
  list(GET text 0 name)
  list(GET text 1 file)
  file(READ ${DIR}/${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND out "namespace {\nconstexpr char k${name}Bytes[]{${bytes}};\n}  // namespace\n"
                    "const std::string_view k${name}{k${name}Bytes, sizeof k${name}Bytes};\n")
endforeach()
file(WRITE ${OUT} "${out}}  // namespace bulkhead::html\n")
