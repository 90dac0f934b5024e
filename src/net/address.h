#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace hoopoe::net {

// An IPv4 or IPv6 address, without port or zone. The default is "::".
class IpAddress {
 public:
  // 16 bytes in network order; an IPv4 address is the mapped ::ffff:a.b.c.d (RFC 4291, section 2.5.5.2), so
  // that a client seen through a dual-stack socket is the same client.
  using Bytes = std::array<std::uint8_t, 16>;

  IpAddress() = default;
  explicit IpAddress(const Bytes& bytes) : bytes_(bytes) {}

  // "203.0.113.9", "2001:db8::1"; no brackets, port or zone.
  static std::optional<IpAddress> parse(std::string_view text);

  bool is_v4() const;
  std::string str() const;
  const Bytes& bytes() const { return bytes_; }

  // What to count a client by: the address, or for IPv6 its /64, which is what one household or phone is
  // given whole. "203.0.113.9" or "2001:db8::/64".
  std::string network_key() const;

  friend auto operator<=>(const IpAddress&, const IpAddress&) = default;

 private:
  Bytes bytes_{};
};

// Of "name:port", "203.0.113.9:80", "[2001:db8::1]:80" what stands before the port, brackets and all; the
// whole text where there is no port.
std::string_view without_port(std::string_view text);

// Whether a Host is one of the names: with its port where the list says one, else under any port.
bool is_one_of(std::span<const std::string> names, std::string_view host);

// Where to listen: "127.0.0.1:8080" or "[::1]:8080".
struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  static std::optional<Endpoint> parse(std::string_view text);

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

// A range of addresses: "10.0.0.0/8", "fd00::/8", or one address alone.
class Cidr {
 public:
  static std::optional<Cidr> parse(std::string_view text);
  bool contains(const IpAddress& address) const;

 private:
  Cidr(const IpAddress& base, int bits) : base_(base), bits_(bits) {}

  IpAddress base_;
  int bits_ = 128;  // of the 16-byte form
};

}  // namespace hoopoe::net
