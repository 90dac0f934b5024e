#include "main/admin_command.h"

#include <algorithm>

#include "text/bidi.h"
#include "text/characters.h"
#include "text/utf8.h"

namespace hoopoe {

// One line, whatever somebody wrote into it.
std::string on_one_line(std::string_view text) {
  const auto moves_terminal = [](char32_t c) {
    return text::is_control(c) || c == U'\u2028' || c == U'\u2029';
  };
  std::u32string points = text::decode_located(text::strip_bidi_controls(text)).points;
  std::ranges::replace_if(points, moves_terminal, U' ');
  return text::encode(points);
}

std::string handle_of(store::Read& read, AccountId id) {
  const auto account = id ? store::accounts::find(read, id) : std::nullopt;
  return account ? "@" + account->handle : "-";
}

}  // namespace hoopoe
