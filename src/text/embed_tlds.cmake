# The top-level domains of Debian's package publicsuffix become a table inside the library `text`.
set(HOOPOE_SUFFIX_LIST /usr/share/publicsuffix/public_suffix_list.dat CACHE FILEPATH "from Debian's package publicsuffix")
set(tld_script ${CMAKE_CURRENT_LIST_DIR}/tlds.cmake)
set(tld_former ${CMAKE_CURRENT_LIST_DIR}/former_tlds.txt)
set(tld_table ${CMAKE_BINARY_DIR}/embedded/text/tld_table.inc)
add_custom_command(OUTPUT ${tld_table}
  COMMAND ${CMAKE_COMMAND} -D LIST=${HOOPOE_SUFFIX_LIST} -D FORMER=${tld_former} -D OUT=${tld_table} -P ${tld_script}
  DEPENDS ${HOOPOE_SUFFIX_LIST} ${tld_former} ${tld_script} VERBATIM)
target_sources(text PRIVATE ${tld_table})
target_include_directories(text PRIVATE ${CMAKE_BINARY_DIR}/embedded)
# For who reads the sources without building them.
add_custom_target(tld_table DEPENDS ${tld_table})
