# The built program from outside: each *_test.py is one CTest test.  Debian's own python, which has
# python3-jsonschema; nothing but its standard library is needed otherwise.
# Plugins for it, sound and unsound: plugins/NAME.c -> e2e/NAME.so.
file(GLOB plugins CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/plugins/*.c)
foreach(source IN LISTS plugins)
  cmake_path(GET source STEM name)
  add_library(e2e-${name} MODULE ${source})
  target_include_directories(e2e-${name} PRIVATE ${PROJECT_SOURCE_DIR})
  set_target_properties(e2e-${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name}
    C_STANDARD 11 LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/e2e)
endforeach()

file(GLOB e2e_tests CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*_test.py)
foreach(source IN LISTS e2e_tests)
  cmake_path(GET source STEM name)
  string(REGEX REPLACE "_test$" "" name ${name})
  add_test(NAME e2e.${name} COMMAND /usr/bin/python3 -B ${source} --verbose)
  set_tests_properties(e2e.${name} PROPERTIES LABELS e2e TIMEOUT 300 ENVIRONMENT
    "BULKHEAD=$<TARGET_FILE:bulkhead>;BULKHEAD_E2E_PLUGINS=${CMAKE_BINARY_DIR}/e2e;BULKHEAD_SOURCE_DIR=${PROJECT_SOURCE_DIR}")
endforeach()
# Any run beside it would remove what it leaves for its own.
set_tests_properties(e2e.remains PROPERTIES RUN_SERIAL TRUE)
