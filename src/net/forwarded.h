#pragma once

#include <span>

#include "net/address.h"
#include "net/http.h"

namespace hoopoe::net {

bool is_trusted(const IpAddress& address, std::span<const Cidr> trusted_proxies);

// Sets `remote` and `secure` of a request that came over a connection from `peer`. X-Forwarded-For is read
// from its end, as far as trusted proxies vouch: what a client itself put there comes before and counts for
// nothing.
void set_client(Request& request, const IpAddress& peer, std::span<const Cidr> trusted_proxies);

}  // namespace hoopoe::net
