#include "net/forwarded.h"

#include <algorithm>
#include <ranges>

namespace hoopoe::net {
namespace {

// Takes the last entry off the end of a comma-separated list.
std::string_view take_last(std::string_view& list) {
  const auto comma = list.rfind(',');
  auto entry = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  while (entry.starts_with(' ') || entry.starts_with('\t')) entry.remove_prefix(1);
  while (entry.ends_with(' ') || entry.ends_with('\t')) entry.remove_suffix(1);
  return entry;
}

}  // namespace

bool is_trusted(const IpAddress& address, std::span<const Cidr> trusted_proxies) {
  return std::ranges::any_of(trusted_proxies, [&](const Cidr& proxy) { return proxy.contains(address); });
}

void set_client(Request& request, const IpAddress& peer, std::span<const Cidr> trusted_proxies) {
  request.remote = peer;
  request.secure = false;
  if (!is_trusted(peer, trusted_proxies)) return;
  auto protocols = request.header("X-Forwarded-Proto");
  request.secure = equal_ignoring_case(take_last(protocols), "https");
  for (auto list : request.headers.all("X-Forwarded-For") | std::views::reverse) {
    while (!list.empty()) {
      const auto address = IpAddress::parse(take_last(list));
      if (!address) return;
      request.remote = *address;
      if (!is_trusted(*address, trusted_proxies)) return;
    }
  }
}

}  // namespace hoopoe::net
