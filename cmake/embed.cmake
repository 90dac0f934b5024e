# Files as part of the binary, which then runs from an empty folder.
#   hoopoe_embed(TARGET hoopoe::store::schema_files FILES...)
# defines that function in TARGET: std::span<const hoopoe::EmbeddedFile>, see base/embedded_file.h. An assembler
# reads the bytes (.incbin): nothing to escape, no limit of size, and ccache passes such files by.
function(hoopoe_embed target function)
  string(REPLACE "::" ";" parts ${function})
  list(POP_BACK parts name)
  list(JOIN parts "::" namespace)
  set(assembler "  .section .rodata\n")
  set(declarations "")
  set(rows "")
  set(index 0)
  foreach(file IN LISTS ARGN)
    cmake_path(GET file FILENAME file_name)
    set(symbol "hoopoe_embedded_${name}_${index}")
    string(APPEND assembler "  .globl ${symbol}, ${symbol}_end\n${symbol}:\n  .incbin \"${file}\"\n${symbol}_end:\n  .byte 0\n")
    string(APPEND declarations "extern const char ${symbol};\nextern const char ${symbol}_end;\n")
    string(APPEND rows "    {\"${file_name}\", {&${symbol}, static_cast<std::size_t>(&${symbol}_end - &${symbol})}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(base ${CMAKE_BINARY_DIR}/embedded/${name})
  file(CONFIGURE OUTPUT ${base}_bytes.S CONTENT "${assembler}  .section .note.GNU-stack,\"\",%progbits\n")
  file(CONFIGURE OUTPUT ${base}.cpp CONTENT "#include <array>\n\n#include \"base/embedded_file.h\"\n
extern \"C\" {\n${declarations}}\n
namespace ${namespace} {\n
std::span<const EmbeddedFile> ${name}() {\n  static const std::array<EmbeddedFile, ${index}> files{{\n${rows}  }};\n  return files;\n}\n
}  // namespace ${namespace}\n")
  set_source_files_properties(${base}_bytes.S PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${base}_bytes.S ${base}.cpp)
endfunction()
