// The fields of a head, whatever is in them: each stays on its line, and a cookie is what a plain reading
// says. Each line of the input is the value of one field.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "net/forwarded.h"
#include "net/gzip.h"
#include "net/http.h"
#include "tests/fuzz/require.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

constexpr std::string_view name = "hoopoe_session";

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

// One value, or several that are the same.
std::optional<std::string_view> plainly_read(const std::vector<std::string>& values) {
  std::vector<std::string_view> found;
  for (std::string_view rest : values) {
    while (!rest.empty()) {
      const std::string_view pair = trimmed(take_part(rest, ';'));
      if (pair.starts_with(name) && pair.substr(name.size()).starts_with('=')) {
        found.push_back(pair.substr(name.size() + 1));
      }
    }
  }
  if (found.empty() || std::ranges::count(found, found.front()) != std::ssize(found)) return std::nullopt;
  return found.front();
}

void check_lines(const net::Headers& headers) {
  std::size_t lines = 0;
  for (std::string_view rest = headers.lines(); !rest.empty(); ++lines) {
    const std::size_t end = rest.find("\r\n");
    require(end != std::string_view::npos && rest.find('\n') == end + 1 && rest.find('\r') == end);
    rest.remove_prefix(end + 2);
  }
  require(lines == headers.size());
}

// A client behind no proxy is who is there, whatever it says; behind one, it is some address.
void check_client(net::Request request, const std::vector<std::string>& values) {
  for (const std::string& value : values) request.headers.add("X-Forwarded-For", value);
  const auto peer = *net::IpAddress::parse("192.0.2.1");
  net::set_client(request, peer, {});
  require(request.remote == peer && !request.secure);
  const std::vector trusted{*net::Cidr::parse("192.0.2.0/24")};
  net::set_client(request, peer, trusted);
  require(net::IpAddress::parse(request.remote.str()) == request.remote);
}

// What names gzip, with no weight, is taken as such.
void check_encoding(const std::string& value) {
  require(net::accepts_gzip("gzip," + value) && !net::accepts_gzip("gzip;q=0," + value));
  static_cast<void>(net::accepts_gzip(value));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view text = as_text(data, size);
  net::Request request;
  std::vector<std::string> values;
  while (!text.empty()) {
    const std::string_view value = take_part(text, '\n');
    request.headers.add("cookie", value);
    request.headers.add("Connection", value);
    values.emplace_back(value);
    std::ranges::replace_if(values.back(), [](char c) { return (c >= 0 && c < ' ') || c == 0x7f; }, ' ');
  }
  check_lines(request.headers);
  require(std::ranges::equal(request.headers.all("Cookie"), values));
  require(request.cookie(name) == plainly_read(values));
  const auto found = request.cookie("a");
  require(!found || (!found->contains(';') && !found->ends_with(' ')));
  static_cast<void>(request.wants_websocket());
  for (const std::string& value : values) check_encoding(value);
  check_client(request, values);

  request.headers.erase("COOKIE");
  require(request.headers.size() == values.size() && !request.headers.find("Cookie"));
  check_lines(request.headers);
  return 0;
}
