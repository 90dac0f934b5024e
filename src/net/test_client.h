#pragma once

#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hoopoe::net {

// A client for tests, one TCP connection to 127.0.0.1: what is sent is exactly the bytes given, so that
// hostile ones can be told. Blocking; what doesn't come within ten seconds is taken for the end.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): the socket API is made so
    EXPECT_EQ(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  }
  TestClient(TestClient&& other) noexcept
      : socket_(std::exchange(other.socket_, -1)), received_(std::move(other.received_)) {}
  TestClient& operator=(TestClient&&) = delete;
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;
  ~TestClient() { leave(); }

  TestClient& send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return *this;
  }

  // What came up to and with the mark; all there was if it never came.
  std::string read_until(std::string_view mark) {
    auto at = received_.find(mark);
    while (at == std::string::npos && receive()) at = received_.find(mark);
    return take(at == std::string::npos ? received_.size() : at + mark.size());
  }

  std::string read(std::size_t size) {
    while (received_.size() < size && receive()) {
    }
    return take(std::min(size, received_.size()));
  }

  // Everything until the server closes.
  std::string read_all() {
    while (receive()) {
    }
    return take(received_.size());
  }

  // One whole answer with a Content-Length: its head and its body.
  std::string answer() {
    auto head = read_until("\r\n\r\n");
    const auto at = head.find("Content-Length: ");
    return at == std::string::npos ? head : head + read(std::stoul(head.substr(at + 16)));
  }

  // The server closed, and nothing more came before.
  bool ended() { return received_.empty() && !receive() && ended_; }

  // The server broke the connection off, which nobody takes for an end.
  bool was_reset() const { return reset_; }

  void leave() {
    if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  }

 private:
  bool receive() {
    char bytes[16384];
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    if (size == 0) ended_ = true;
    if (size < 0 && errno == ECONNRESET) reset_ = true;
    if (size <= 0) return false;
    received_.append(bytes, static_cast<std::size_t>(size));
    return true;
  }

  std::string take(std::size_t size) {
    auto front = received_.substr(0, size);
    received_.erase(0, size);
    return front;
  }

  int socket_;
  std::string received_;
  bool ended_ = false;
  bool reset_ = false;
};

}  // namespace hoopoe::net
