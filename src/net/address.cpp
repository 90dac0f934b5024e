#include "net/address.h"

#include <algorithm>
#include <charconv>
#include <ranges>

#include <arpa/inet.h>

namespace hoopoe::net {
namespace {

constexpr std::array<std::uint8_t, 12> mapped_prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr int v4_offset_bits = 96;
constexpr std::size_t address_text_max = INET6_ADDRSTRLEN - 1;

std::string text_of(int family, const std::uint8_t* bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(family, bytes, text.data(), text.size());
  return text.data();
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  if (text.empty() || text.size() > address_text_max || text.contains('\0')) return std::nullopt;
  const std::string terminated(text);
  Bytes bytes{};
  if (inet_pton(AF_INET6, terminated.c_str(), bytes.data()) == 1) return IpAddress(bytes);
  std::ranges::copy(mapped_prefix, bytes.begin());
  if (inet_pton(AF_INET, terminated.c_str(), bytes.data() + mapped_prefix.size()) == 1)
    return IpAddress(bytes);
  return std::nullopt;
}

bool IpAddress::is_v4() const { return std::ranges::equal(mapped_prefix, bytes_ | std::views::take(12)); }

std::string IpAddress::str() const {
  return is_v4() ? text_of(AF_INET, bytes_.data() + mapped_prefix.size()) : text_of(AF_INET6, bytes_.data());
}

std::string IpAddress::network_key() const {
  if (is_v4()) return str();
  Bytes network = bytes_;
  std::fill(network.begin() + 8, network.end(), std::uint8_t{0});
  return IpAddress(network).str() + "/64";
}

std::string_view without_port(std::string_view text) {
  const auto colon = text.rfind(':');
  const auto bracket = text.rfind(']');
  const bool in_brackets = bracket != std::string_view::npos && colon < bracket;
  return colon == std::string_view::npos || in_brackets ? text : text.substr(0, colon);
}

bool is_one_of(std::span<const std::string> names, std::string_view host) {
  return std::ranges::any_of(
      names, [&](const std::string& name) { return name == host || name == without_port(host); });
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  auto host = without_port(text);
  const auto digits = text.substr(std::min(host.size() + 1, text.size()));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  const auto address = IpAddress::parse(host);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (!address || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Endpoint{.address = *address, .port = port};
}

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return std::nullopt;
  const int offset = base->is_v4() ? v4_offset_bits : 0;
  if (slash == std::string_view::npos) return Cidr(*base, 128);
  const auto digits = text.substr(slash + 1);
  int bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const bool whole = error == std::errc{} && end == digits.data() + digits.size();
  if (!whole || bits < 0 || bits > 128 - offset) return std::nullopt;
  return Cidr(*base, bits + offset);
}

bool Cidr::contains(const IpAddress& address) const {
  const auto whole_bytes = static_cast<std::size_t>(bits_ / 8);
  if (!std::equal(base_.bytes().begin(), base_.bytes().begin() + static_cast<std::ptrdiff_t>(whole_bytes),
                  address.bytes().begin())) {
    return false;
  }
  const int rest = bits_ % 8;
  if (rest == 0) return true;
  const int differing = base_.bytes()[whole_bytes] ^ address.bytes()[whole_bytes];
  return (differing >> (8 - rest)) == 0;
}

}  // namespace hoopoe::net
