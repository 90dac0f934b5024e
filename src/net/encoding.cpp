#include "net/encoding.h"

#include <algorithm>

#include "text/uri.h"
#include "text/utf8.h"

namespace hoopoe::net {

std::optional<std::string> percent_decode(std::string_view text, Plus plus) {
  if (plus == Plus::literal) return text::percent_decode(text);
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return text::percent_decode(spaced);
}

bool is_clean_utf8(std::string_view text) { return !text.contains('\0') && text::is_valid_utf8(text); }

}  // namespace hoopoe::net
