# Every scenario with every compiler at hand and at both ends of the optimiser:
# firing/<g++|clang++>-<O0|O2>/NAME.so, for firing_test.cc.  By commands of their own, because CMake
# knows one compiler per language.
set(BULKHEAD_CLANGXX_NAMES clang++ clang++-14 clang++-15 clang++-16)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  set(BULKHEAD_GXX ${CMAKE_CXX_COMPILER})
else()
  find_program(BULKHEAD_GXX NAMES g++ g++-12)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(BULKHEAD_CLANGXX ${CMAKE_CXX_COMPILER})
else()
  find_program(BULKHEAD_CLANGXX NAMES ${BULKHEAD_CLANGXX_NAMES})
endif()

file(GLOB firing_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/scenarios/*/*.cc)
set(firing_plugins "")

function(bulkhead_firing_variant compiler_name compiler level)
  set(directory ${CMAKE_BINARY_DIR}/firing/${compiler_name}-${level})
  file(MAKE_DIRECTORY ${directory})
  foreach(source IN LISTS firing_sources)
    cmake_path(GET source STEM name)
    string(REPLACE "_" "-" name ${name})
    set(plugin ${directory}/${name}.so)
    # In two steps: ccache knows compilations only.
    add_custom_command(OUTPUT ${plugin}
      COMMAND ${CMAKE_CXX_COMPILER_LAUNCHER} ${compiler} -std=c++20 -${level} -Wall -Wextra
        -Wpedantic -fPIC ${BULKHEAD_SCENARIO_FLAGS} -I${PROJECT_SOURCE_DIR}
        -I${PROJECT_SOURCE_DIR}/harness/plugin -MD -MF ${plugin}.d -MT ${plugin}
        -c ${source} -o ${plugin}.o
      COMMAND ${compiler} -shared -pthread -Wl,--as-needed ${plugin}.o -o ${plugin}
      DEPENDS ${source} DEPFILE ${plugin}.d
      COMMENT "Building ${compiler_name}-${level}/${name}.so" VERBATIM)
    list(APPEND firing_plugins ${plugin})
  endforeach()
  set(firing_plugins ${firing_plugins} PARENT_SCOPE)
endfunction()

# Where these plugins look for programs of their own.
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/firing)
file(CREATE_LINK ${BULKHEAD_PROBE_DIR} ${CMAKE_BINARY_DIR}/firing/probes SYMBOLIC)

foreach(level IN ITEMS O0 O2)
  if(BULKHEAD_GXX)
    bulkhead_firing_variant(g++ ${BULKHEAD_GXX} ${level})
  endif()
  if(BULKHEAD_CLANGXX)
    bulkhead_firing_variant(clang++ ${BULKHEAD_CLANGXX} ${level})
  endif()
endforeach()
foreach(compiler IN ITEMS GXX CLANGXX)
  if(NOT BULKHEAD_${compiler})
    message(STATUS "No ${compiler} compiler: whether faults fire when built by it is not tested")
  endif()
endforeach()
add_custom_target(firing-plugins DEPENDS ${firing_plugins})
add_dependencies(test-scenarios firing-plugins)
