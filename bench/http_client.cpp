#include "http_client.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "text/uri.h"

namespace hoopoe::bench {

namespace {

constexpr int connections_max = 4'096;
constexpr double seconds_max = 120;
constexpr std::string_view length_name = "\r\ncontent-length: ";

std::string authorization(std::string_view token) {
  return token.empty() ? "" : fmt::format("Authorization: Bearer {}\r\n", token);
}

// Where the number behind "Content-Length: " is; nginx and Hoopoe write the name alike.
std::optional<std::size_t> body_length(std::string_view head) {
  const auto same = [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; };
  const auto at = std::ranges::search(head, length_name, same);
  if (at.empty()) return std::nullopt;
  std::size_t length = 0;
  std::from_chars(at.end(), head.data() + head.size(), length);
  return length;
}

// One connection: at most one request under way.
class Client {
 public:
  Client(std::uint16_t port, std::size_t first) : socket_(connect_to(port)), next_(first) {}
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  int socket() const { return socket_; }

  void ask(const std::vector<std::string>& requests, std::size_t stride) {
    const std::string& request = requests[next_ % requests.size()];
    next_ += stride;
    began_ = std::chrono::steady_clock::now();
    whole_ = 0;
    received_.clear();
    // A request is far smaller than a socket's buffer, so it goes in one piece.
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      throw std::runtime_error("a request could not be sent");
    }
  }

  // True once the answer is whole.
  bool receive(std::array<char, 1 << 18>& scratch) {
    const ssize_t size = ::recv(socket_, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (size <= 0) throw std::runtime_error("the server closed a connection");
    got_ = whole_ == 0 ? 0 : got_;
    if (whole_ == 0) {
      received_.append(scratch.data(), static_cast<std::size_t>(size));
      const auto end = received_.find("\r\n\r\n");
      if (end == std::string::npos) return false;
      ok_ = received_.starts_with("HTTP/1.1 200 ");
      whole_ = end + 4 + body_length(std::string_view(received_).substr(0, end)).value_or(0);
      got_ = received_.size();
    } else {
      got_ += static_cast<std::size_t>(size);
    }
    return got_ >= whole_;
  }

  void count(LoadResult& result) const {
    ++(ok_ ? result.answers : result.refused);
    result.bytes += static_cast<std::int64_t>(whole_);
    if (ok_) result.microseconds.push_back(microseconds_between(began_, std::chrono::steady_clock::now()));
  }

 private:
  int socket_;
  std::size_t next_;
  Moment began_;
  std::string received_;  // up to the end of the head
  std::size_t whole_ = 0;
  std::size_t got_ = 0;
  bool ok_ = false;
};

class Poll {
 public:
  Poll() : descriptor_(::epoll_create1(EPOLL_CLOEXEC)) {}
  ~Poll() { ::close(descriptor_); }
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;

  void add(Client& client) const {
    epoll_event event{.events = EPOLLIN, .data = {.ptr = &client}};
    ::epoll_ctl(descriptor_, EPOLL_CTL_ADD, client.socket(), &event);
  }

  template <class Function>
  void wait(int milliseconds, const Function& function) {
    const int ready =
        ::epoll_wait(descriptor_, events_.data(), static_cast<int>(events_.size()), milliseconds);
    for (int i = 0; i < ready; ++i)
      function(*static_cast<Client*>(events_[static_cast<std::size_t>(i)].data.ptr));
  }

 private:
  int descriptor_;
  std::array<epoll_event, 256> events_{};
};

// When the next request is due.
class Pace {
 public:
  Pace(double rate, Moment began) : rate_(rate), began_(began) {}

  bool is_due() {
    if (rate_ == 0) return true;
    const double passed = std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
    if (static_cast<double>(asked_) > passed * rate_) return false;
    ++asked_;
    return true;
  }
  int patience() const { return rate_ == 0 ? 100 : 1; }  // ms

 private:
  double rate_;
  Moment began_;
  std::int64_t asked_ = 0;
};

}  // namespace

std::string get_request(std::string_view target, std::string_view token, Encoding encoding) {
  return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}{}\r\n", target, authorization(token),
                     encoding == Encoding::gzip ? "Accept-Encoding: gzip\r\n" : "");
}

std::string publish_request(std::string_view text, std::string_view token) {
  const std::string body = "status=" + text::percent_encode(text);
  return fmt::format(
      "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\n{}"
      "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}",
      authorization(token), body.size(), body);
}

std::string post_request(std::string_view target, std::string_view token) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\n{}Content-Length: 0\r\n\r\n", target,
                     authorization(token));
}

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket API is made so
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    throw std::runtime_error(fmt::format("nobody listens on port {}", port));
  }
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return socket;
}

LoadResult run_load(const Load& load) {
  const auto count = static_cast<std::size_t>(std::clamp(load.connections, 1, connections_max));
  std::vector<std::unique_ptr<Client>> clients;
  Poll poll;
  for (std::size_t i = 0; i < count; ++i) {
    clients.push_back(std::make_unique<Client>(load.port, i));
    poll.add(*clients.back());
  }
  const auto began = std::chrono::steady_clock::now();
  const auto end = began + std::chrono::duration<double>(std::min(load.seconds, seconds_max));
  Pace pace(load.rate, began);
  // Each in its turn, so that none is left idle until the server closes it.
  std::deque<Client*> idle;
  for (const auto& client : clients) idle.push_back(client.get());
  LoadResult result;
  std::array<char, 1 << 18> scratch;
  while (std::chrono::steady_clock::now() < end && result.answers + result.refused < load.answers) {
    while (!idle.empty() && pace.is_due()) {
      idle.front()->ask(load.requests, count);
      idle.pop_front();
    }
    poll.wait(pace.patience(), [&](Client& client) {
      if (!client.receive(scratch)) return;
      client.count(result);
      idle.push_back(&client);
    });
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  return result;
}

std::uint32_t microseconds_between(Moment from, Moment to) {
  return static_cast<std::uint32_t>(std::chrono::duration_cast<std::chrono::microseconds>(to - from).count());
}

std::uint32_t quantile(std::vector<std::uint32_t> microseconds, double share) {
  if (microseconds.empty()) return 0;
  const auto at = static_cast<std::ptrdiff_t>(share * static_cast<double>(microseconds.size() - 1));
  std::ranges::nth_element(microseconds, microseconds.begin() + at);
  return microseconds[static_cast<std::size_t>(at)];
}

}  // namespace hoopoe::bench
