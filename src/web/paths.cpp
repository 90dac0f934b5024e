#include "web/paths.h"

#include <algorithm>

#include "domain/handle.h"
#include "net/address.h"
#include "text/uri.h"

namespace hoopoe::web {

namespace {

constexpr std::size_t local_path_bytes_max = 2048;  // a consent request with everything in it has under 1,000

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_scheme(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

bool is_host(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '-' || c == '.'; });
}

}  // namespace

std::string path_of(const Account& account) { return "/@" + write_address(account.handle, account.domain); }

std::string path_of(const Account& author, PostId post) { return path_of(author) + "/" + post.str(); }

std::string occasion_path(const Account& holder, PostId summary) {
  return path_of(holder, summary) + "/live";
}

std::string exchange_path(const Account& one, const Account& other) {
  return path_of(one) + "/with" + path_of(other);
}

std::string tag_path(std::string_view tag) { return "/tags/" + text::percent_encode(tag); }

bool is_onion(std::string_view host) { return net::without_port(host).ends_with(".onion"); }

std::string with_return(std::string_view path, std::string_view return_to) {
  return with_query(path, {{"return_to", std::string(return_to)}});
}

std::string local_path(std::string_view text, std::string_view fallback) {
  const bool is_other_host = text.size() > 1 && text[1] == '/';
  // Browsers take "\" for "/", and drop tabs and line ends from the middle of an address.
  const bool is_plain = std::ranges::all_of(
      text, [](char c) { return c != '\\' && static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
  const bool is_ours =
      text.starts_with('/') && !is_other_host && is_plain && text.size() <= local_path_bytes_max;
  return std::string(is_ours ? text : fallback);
}

std::string with_query(std::string_view address, const Query& query) {
  const std::string_view fragment = address.substr(std::min(address.find('#'), address.size()));
  std::string out(address.substr(0, address.size() - fragment.size()));
  for (const auto& [name, value] : query) {
    const char last = out.empty() ? '\0' : out.back();
    if (!out.contains('?')) {
      out += '?';
    } else if (last != '?' && last != '&') {
      out += '&';
    }
    out += text::percent_encode(name) + "=" + text::percent_encode(value);
  }
  return out.append(fragment);
}

std::string policy_source(std::string_view redirect_uri) {
  const std::string scheme(redirect_uri.substr(0, std::min(redirect_uri.find(':'), redirect_uri.size())));
  if (!is_scheme(scheme)) return {};
  if (!text::is_web_address(redirect_uri)) return scheme + ":";
  const auto uri = text::parse_uri(redirect_uri);
  // An address in brackets is nothing that a policy can name.
  if (!uri || !is_host(uri->host)) return scheme + ":";
  return uri->scheme + "://" + uri->host + (uri->port ? ":" + std::to_string(*uri->port) : "");
}

}  // namespace hoopoe::web
