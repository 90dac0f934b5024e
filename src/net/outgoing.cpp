#include "net/outgoing.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <vector>

#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/ensure.h"

namespace hoopoe::net {

namespace {

// iana.org/assignments/iana-ipv4-special-registry and iana-ipv6-special-registry; multicast and what is
// reserved beside them. Of IPv6 only 2000::/3 is given out, see is_public.
constexpr std::array special_ranges{
    "0.0.0.0/8",      "10.0.0.0/8",   "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24",   "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",  "198.51.100.0/24",
    "203.0.113.0/24", "224.0.0.0/3",  "2001::/23",      "2001:db8::/32",  "2002::/16",      "3fff::/20"};
constexpr std::string_view given_out = "2000::/3";

Cidr range(std::string_view text) {
  const auto range = Cidr::parse(text);
  ensure(range.has_value(), "a range that is written here is one");
  return *range;
}

struct Peer {
  IpAddress address;
  std::uint16_t port = 0;
};

Peer peer_of(const sockaddr& name) {
  IpAddress::Bytes bytes{};
  in_port_t port = 0;
  if (name.sa_family == AF_INET6) {
    sockaddr_in6 v6{};
    std::memcpy(&v6, &name, sizeof v6);
    std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
    port = v6.sin6_port;
  } else {
    sockaddr_in v4{};
    std::memcpy(&v4, &name, sizeof v4);
    bytes[10] = bytes[11] = 0xff;
    std::memcpy(bytes.data() + 12, &v4.sin_addr, 4);
    port = v4.sin_port;
  }
  return {.address = IpAddress(bytes), .port = ntohs(port)};
}

bool is_open_to_us(const sockaddr& name) {
  const Peer peer = peer_of(name);
  return may_be_asked(peer.address, peer.port);
}

template <class Value>
void set(void* curl, CURLoption option, Value value) {
  ensure(curl_easy_setopt(curl, option, value) == CURLE_OK, "libcurl knows this option");
}

}  // namespace

bool is_public(const IpAddress& address) {
  static const auto special = [] {
    std::vector<Cidr> ranges;
    ranges.reserve(special_ranges.size());
    for (const char* text : special_ranges) ranges.push_back(range(text));
    return ranges;
  }();
  static const Cidr public_v6 = range(given_out);
  if (!address.is_v4() && !public_v6.contains(address)) return false;
  return std::ranges::none_of(special, [&](const Cidr& each) { return each.contains(address); });
}

bool may_be_asked(const IpAddress& address, std::uint16_t port) {
  return is_public(address) && (port == 80 || port == 443);
}

std::string_view describe(OutgoingError error) {
  switch (error) {
    case OutgoingError::bad_address:
      return "not an address of http or https";
    case OutgoingError::refused_address:
      return "not a public address";
    case OutgoingError::unreachable:
      return "unreachable";
    case OutgoingError::timed_out:
      return "no answer in time";
    case OutgoingError::too_large:
      return "too large an answer";
    case OutgoingError::stopped:
      return "stopped";
  }
  return "";
}

// What libcurl's callbacks see of one request.
struct OutgoingClient::Exchange {
  const OutgoingOptions& options;
  const std::stop_token& stopping;
  OutgoingAnswer answer = {};
  bool met_private_address = false;
  bool is_too_large = false;

  static std::size_t take(char* bytes, std::size_t size, std::size_t count, void* self) {
    auto& exchange = *static_cast<Exchange*>(self);
    exchange.is_too_large = exchange.answer.body.size() + size * count > exchange.options.body_bytes_max;
    if (exchange.is_too_large) return CURL_WRITEFUNC_ERROR;
    exchange.answer.body.append(bytes, size * count);
    return size * count;
  }

  // Asked with the very address that is connected to, so that no name can say another one afterwards.
  static curl_socket_t open(void* self, curlsocktype /*purpose*/, curl_sockaddr* peer) {
    auto& exchange = *static_cast<Exchange*>(self);
    const bool is_ip = peer->family == AF_INET || peer->family == AF_INET6;
    if (!exchange.options.private_addresses_allowed && (!is_ip || !is_open_to_us(peer->addr))) {
      exchange.met_private_address = true;
      return CURL_SOCKET_BAD;
    }
    return ::socket(peer->family, peer->socktype | SOCK_CLOEXEC, peer->protocol);
  }

  static int go_on(void* self, curl_off_t /*down*/, curl_off_t /*downloaded*/, curl_off_t /*up*/,
                   curl_off_t /*uploaded*/) {
    return static_cast<Exchange*>(self)->stopping.stop_requested() ? 1 : 0;
  }

  OutgoingError error_of(CURLcode code) const {
    if (is_too_large) return OutgoingError::too_large;
    if (met_private_address) return OutgoingError::refused_address;
    if (code == CURLE_OPERATION_TIMEDOUT) return OutgoingError::timed_out;
    if (code == CURLE_ABORTED_BY_CALLBACK) return OutgoingError::stopped;
    const bool is_bad = code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL;
    return is_bad ? OutgoingError::bad_address : OutgoingError::unreachable;
  }
};

OutgoingClient::OutgoingClient(OutgoingOptions options) : options_(std::move(options)) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  curl_ = initialised == CURLE_OK ? curl_easy_init() : nullptr;
  if (curl_ == nullptr) throw std::bad_alloc();
}

OutgoingClient::~OutgoingClient() { curl_easy_cleanup(curl_); }

std::expected<OutgoingAnswer, OutgoingError> OutgoingClient::get(const std::string& url,
                                                                 const std::stop_token& stopping) {
  curl_easy_reset(curl_);
  set(curl_, CURLOPT_FOLLOWLOCATION, 1L);
  set(curl_, CURLOPT_MAXREDIRS, static_cast<long>(options_.redirects_max));
  return perform(url, stopping);
}

std::expected<OutgoingAnswer, OutgoingError> OutgoingClient::post_form(const std::string& url,
                                                                       const std::string& form,
                                                                       const std::stop_token& stopping) {
  curl_easy_reset(curl_);
  set(curl_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(form.size()));
  set(curl_, CURLOPT_COPYPOSTFIELDS, form.data());
  return perform(url, stopping);
}

std::expected<OutgoingAnswer, OutgoingError> OutgoingClient::perform(const std::string& url,
                                                                     const std::stop_token& stopping) {
  Exchange exchange{.options = options_, .stopping = stopping};
  set(curl_, CURLOPT_URL, url.c_str());
  set(curl_, CURLOPT_PROTOCOLS_STR, "http,https");
  set(curl_, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(curl_, CURLOPT_PROXY, "");  // whatever the environment says
  set(curl_, CURLOPT_USERAGENT, options_.user_agent.c_str());
  set(curl_, CURLOPT_ACCEPT_ENCODING, "");  // all that it knows; the body's limit is that of what comes out
  set(curl_, CURLOPT_TIMEOUT_MS, static_cast<long>(options_.deadline.count()));
  set(curl_, CURLOPT_NOSIGNAL, 1L);
  set(curl_, CURLOPT_QUICK_EXIT, 1L);  // a name server that hangs is not waited for
  set(curl_, CURLOPT_WRITEFUNCTION, &Exchange::take);
  set(curl_, CURLOPT_WRITEDATA, &exchange);
  set(curl_, CURLOPT_OPENSOCKETFUNCTION, &Exchange::open);
  set(curl_, CURLOPT_OPENSOCKETDATA, &exchange);
  set(curl_, CURLOPT_NOPROGRESS, 0L);
  set(curl_, CURLOPT_XFERINFOFUNCTION, &Exchange::go_on);
  set(curl_, CURLOPT_XFERINFODATA, &exchange);
  const CURLcode code = curl_easy_perform(curl_);
  if (code != CURLE_OK) return std::unexpected(exchange.error_of(code));
  long status = 0;
  const char* content_type = nullptr;
  const char* answered = nullptr;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl_, CURLINFO_EFFECTIVE_URL, &answered);
  curl_easy_getinfo(curl_, CURLINFO_CONTENT_TYPE, &content_type);
  exchange.answer.status = static_cast<int>(status);
  if (answered != nullptr) exchange.answer.url = answered;
  if (content_type != nullptr) exchange.answer.content_type = content_type;
  return std::move(exchange.answer);
}

}  // namespace hoopoe::net
