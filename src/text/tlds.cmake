# Writes the table of top-level domains that tlds.cpp embeds, one sorted string literal a line:
#   cmake -D LIST=public_suffix_list.dat -D FORMER=former_tlds.txt -D OUT=tld_table.inc -P tlds.cmake
# Taken are the last labels of the list's ICANN section and every name of FORMER.
file(STRINGS ${LIST} lines ENCODING UTF-8)
set(inside FALSE)
foreach(line IN LISTS lines)
  if(line MATCHES "===BEGIN ICANN DOMAINS===")
    set(inside TRUE)
  elseif(line MATCHES "===END ICANN DOMAINS===")
    set(inside FALSE)
  elseif(inside AND NOT line MATCHES "^//" AND line MATCHES "([^. \t!*]+)[ \t]*$")
    list(APPEND names ${CMAKE_MATCH_1})
  endif()
endforeach()
list(LENGTH names rules)
if(rules LESS 1000)
  message(FATAL_ERROR "${LIST} holds only ${rules} rules; is Debian's package publicsuffix installed?")
endif()

file(STRINGS ${FORMER} former ENCODING UTF-8 REGEX "^[^#]")
list(APPEND names ${former})
list(REMOVE_DUPLICATES names)
# By bytes, as the binary search compares.
list(SORT names COMPARE STRING CASE SENSITIVE)
list(JOIN names "\",\n\"" body)
file(WRITE ${OUT} "\"${body}\",\n")
