#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <stop_token>
#include <string>

#include "net/address.h"

namespace hoopoe::net {

// Whether an address is one of the public Internet: not private, loopback, link-local, shared, multicast,
// documentation or reserved (IANA special-purpose address registries, RFC 6890), nor an IPv4 address of these
// written as IPv6 (mapped, NAT64, 6to4).
bool is_public(const IpAddress& address);
// The same, and the port is 80 or 443: behind a public address of this very machine other programs may listen
// that its firewall hides.
bool may_be_asked(const IpAddress& address, std::uint16_t port);

struct OutgoingOptions {
  std::string user_agent;
  // Else every connection, after a redirect as well, goes to a public address at port 80 or 443 or not at
  // all.
  bool private_addresses_allowed = false;
  std::chrono::milliseconds deadline = std::chrono::seconds(10);  // of all of it
  std::size_t body_bytes_max = std::size_t{1024} * 1024;
  std::uint16_t redirects_max = 3;
};

struct OutgoingAnswer {
  int status = 0;
  std::string url;  // that answered: another one after a redirect
  std::string content_type;
  std::string body;
};

enum class OutgoingError {
  bad_address,      // not of http or https
  refused_address,  // it leads to an address that is not public, or to another port
  unreachable,      // no name, no connection, no certificate that is good, or no HTTP
  timed_out,
  too_large,
  stopped,
};
std::string_view describe(OutgoingError error);

// One who asks other servers, with libcurl: http and https alone, without proxies and cookies. A request
// blocks its thread until the answer is there; each object belongs to one thread.
class OutgoingClient {
 public:
  explicit OutgoingClient(OutgoingOptions options);
  ~OutgoingClient();
  OutgoingClient(const OutgoingClient&) = delete;
  OutgoingClient& operator=(const OutgoingClient&) = delete;

  // Follows redirects.
  std::expected<OutgoingAnswer, OutgoingError> get(const std::string& url,
                                                   const std::stop_token& stopping = {});
  // application/x-www-form-urlencoded; a redirect is the answer.
  std::expected<OutgoingAnswer, OutgoingError> post_form(const std::string& url, const std::string& form,
                                                         const std::stop_token& stopping = {});

 private:
  struct Exchange;
  std::expected<OutgoingAnswer, OutgoingError> perform(const std::string& url,
                                                       const std::stop_token& stopping);

  OutgoingOptions options_;
  void* curl_;  // CURL, with the connections that it keeps
};

}  // namespace hoopoe::net
