// Addresses of every kind: the target of a request, a link, where to go on to, and the address of a client.

#include <algorithm>
#include <string>

#include "net/address.h"
#include "net/encoding.h"
#include "net/target.h"
#include "tests/fuzz/require.h"
#include "text/uri.h"
#include "web/paths.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

void check_target(std::string_view text) {
  const auto target = net::parse_target(text);
  if (!target || text == "*") return;
  const std::string& path = target->path;
  require(path.starts_with('/') && net::is_clean_utf8(path) && std::ranges::none_of(path, is_control));
  require(!path.contains('\\') && !(path + "/").contains("/../") && !(path + "/").contains("/./"));
  require(std::ranges::count(path, '/') ==
          std::ranges::count(text.substr(0, text.find('?')), '/'));  // none was hidden
  std::string again;
  for (const char c : path) again += c == '/' ? "/" : text::percent_encode({&c, 1});
  const auto same = net::parse_target(again + "?" + target->query);
  require(same && same->path == path && same->query == target->query);
}

void check_uri(std::string_view text) {
  const auto uri = text::parse_uri(text);
  require(uri || !text::is_web_address(text));
  if (!uri) return;
  require(!uri->scheme.empty() && !uri->host.empty() &&
          uri->host.find_first_of("@/?#[]") == std::string::npos);
  require(uri->path.empty() || uri->path.starts_with('/'));
  const auto part = [](const char* mark, const std::string& value) {
    return value.empty() ? "" : mark + value;
  };
  const std::string host = uri->host.contains(':') ? "[" + uri->host + "]" : uri->host;
  const std::string again = uri->scheme + "://" + (uri->user.empty() ? "" : uri->user + "@") + host +
                            (uri->port ? ":" + std::to_string(*uri->port) : "") + uri->path +
                            part("?", uri->query) + part("#", uri->fragment);
  require(again.size() > text::uri_length_max || text::parse_uri(again) == uri);
}

void check_paths(std::string_view text) {
  const std::string local = web::local_path(text, "/");
  require(local.starts_with('/') && !local.starts_with("//") && !local.contains('\\'));
  require(std::ranges::none_of(local, is_control) && !local.contains(' '));
  const std::string source = web::policy_source(text);
  require(source.find_first_of(" ;,'\"\r\n") == std::string::npos);
  const std::string longer = web::with_query(text, {{"code", std::string(text)}});
  require(longer.contains("code=" + text::percent_encode(text)) && longer.size() > text.size());
  require(text.find('#') == std::string_view::npos || longer.ends_with(text.substr(text.find('#'))));
}

void check_client_address(std::string_view text) {
  if (const auto address = net::IpAddress::parse(text)) {
    require(net::IpAddress::parse(address->str()) == address);
    const auto network = net::Cidr::parse(address->network_key());
    require(network && network->contains(*address));
  }
  if (const auto range = net::Cidr::parse(text)) {
    const auto base = net::IpAddress::parse(text.substr(0, text.find('/')));
    require(base && range->contains(*base));
  }
  static_cast<void>(net::Endpoint::parse(text));
  require(text.starts_with(net::without_port(text)));
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text = as_text(data, size);
  check_target(text);
  check_uri(text);
  check_paths(text);
  check_client_address(text);
  return 0;
}
