# Puts files into the binary, so that it runs from an empty folder.
#
#   hoopoe_embed(TARGET NAME [BASE folder] FILES file...)
#
# Sources of TARGET then include "embedded/NAME.h" and ask hoopoe::embedded::NAME() for all of the files, sorted by
# path; a path is relative to BASE (default: the folder that calls). hoopoe::embedded::find() looks one up.
#
# The assembler reads the bytes (.incbin): megabytes cost no compile time. Only C and C++ go through ccache, which
# would not see that such a file has changed; the assembler always runs when one of them did (OBJECT_DEPENDS).
function(hoopoe_embed target name)
  cmake_parse_arguments(arg "" "BASE" "FILES" ${ARGN})
  if(NOT arg_BASE)
    set(arg_BASE ${CMAKE_CURRENT_SOURCE_DIR})
  endif()
  get_filename_component(arg_BASE ${arg_BASE} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
  set(folder ${CMAKE_BINARY_DIR}/embedded)

  set(entries "")
  foreach(file IN LISTS arg_FILES)
    get_filename_component(file ${file} ABSOLUTE BASE_DIR ${CMAKE_CURRENT_SOURCE_DIR})
    file(RELATIVE_PATH path ${arg_BASE} ${file})
    # A tab sorts before every character of a path.
    list(APPEND entries "${path}\t${file}")
  endforeach()
  list(SORT entries)

  set(assembly "        .section .rodata\n")
  set(symbols "")
  set(table "")
  set(files "")
  set(number 0)
  foreach(entry IN LISTS entries)
    string(REGEX REPLACE "\t.*" "" path "${entry}")
    string(REGEX REPLACE ".*\t" "" file "${entry}")
    set(symbol "hoopoe_embedded_${name}_${number}")
    string(APPEND assembly
      "        .global ${symbol}, ${symbol}_end\n"
      "        .balign 16\n"
      "${symbol}: .incbin \"${file}\"\n"
      "${symbol}_end: .byte 0\n")
    string(APPEND symbols "extern \"C\" const char ${symbol}[], ${symbol}_end[];\n")
    string(APPEND table "      {.path = \"${path}\", .bytes = {${symbol}, ${symbol}_end}},\n")
    list(APPEND files ${file})
    math(EXPR number "${number} + 1")
  endforeach()
  string(APPEND assembly "        .section .note.GNU-stack, \"\", %progbits\n")

  file(CONFIGURE OUTPUT ${folder}/file.h CONTENT [[
#pragma once

#include <algorithm>
#include <span>
#include <string_view>

namespace hoopoe::embedded {

// A file inside the binary. Its bytes are followed by a zero.
struct File {
  std::string_view path;
  std::string_view bytes;
};

// nullptr: there is none. Requires: sorted by path, as the generated tables are.
inline const File* find(std::span<const File> files, std::string_view path) {
  const auto found = std::ranges::lower_bound(files, path, {}, &File::path);
  return found != files.end() && found->path == path ? &*found : nullptr;
}

}  // namespace hoopoe::embedded
]] @ONLY)
  file(CONFIGURE OUTPUT ${folder}/${name}.h CONTENT [[
#pragma once

#include "embedded/file.h"

namespace hoopoe::embedded {

// Sorted by path.
std::span<const File> @name@();

}  // namespace hoopoe::embedded
]] @ONLY)
  file(CONFIGURE OUTPUT ${folder}/${name}.cpp CONTENT [[
#include "embedded/@name@.h"

#include <array>

@symbols@
namespace hoopoe::embedded {

std::span<const File> @name@() {
  static const std::array<File, @number@> files = {{
@table@  }};
  return files;
}

}  // namespace hoopoe::embedded
]] @ONLY)
  file(CONFIGURE OUTPUT ${folder}/${name}.S CONTENT "@assembly@" @ONLY)

  set_source_files_properties(${folder}/${name}.S PROPERTIES OBJECT_DEPENDS "${files}")
  target_sources(${target} PRIVATE ${folder}/${name}.cpp ${folder}/${name}.S)
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR})
endfunction()
