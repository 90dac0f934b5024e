// A client of the streams that sends any bytes: what comes back are whole frames of a server, each an error
// in JSON, and the connection ends when the client has left. The first byte chooses: frames as they come, or
// lines that become a text frame each.

#include <cerrno>
#include <csignal>
#include <string>

#include <arpa/inet.h>
#include <boost/json.hpp>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "main/site.h"
#include "main/test_site.h"
#include "net/server.h"
#include "tests/fuzz/require.h"
#include "tests/support/test_square.h"

namespace {

using namespace hoopoe;
using namespace hoopoe::tests;
namespace json = boost::json;

constexpr std::size_t input_bytes_max = 4'096;
constexpr std::string_view handshake =
    "GET /api/v1/streaming HTTP/1.1\r\nHost: square.test\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

struct Square {
  Square() {
    square.settings().rate_limits_enabled = false;
    square.live().start();
    jack.actor = square.person("jack");
    people.sign_in(jack);
    server.start();
  }
  TestSquare square;
  TestSite people{square};
  Onlooker jack;
  Site site{square.app(), {"square.test"}};
  // A socket that the server has closed may wait for its client as long as it likes to.
  net::Server server{
      {.listen = {"127.0.0.1:0"}, .threads = 1, .limits = {.connections_per_address_max = 20'000}},
      [this](net::Request& request) { return site.answer(request); }};
};

Square& square() {
  static Square made;
  return made;
}

// The fuzzer's alarm comes every few seconds, and has what waits in the kernel return at once: signal(7).
class Undisturbed {
 public:
  Undisturbed() {
    sigemptyset(&alarm_);
    sigaddset(&alarm_, SIGALRM);
    pthread_sigmask(SIG_BLOCK, &alarm_, nullptr);
  }
  Undisturbed(const Undisturbed&) = delete;
  Undisturbed& operator=(const Undisturbed&) = delete;
  ~Undisturbed() { pthread_sigmask(SIG_UNBLOCK, &alarm_, nullptr); }

 private:
  sigset_t alarm_{};
};

class Client {
 public:
  Client() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(square().server.ports().front());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const Undisturbed undisturbed;
    require(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  ~Client() { ::close(socket_); }

  // A server that has closed takes no more, and need not.
  void send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
  }

  // What came up to and with the mark.
  std::string receive_until(std::string_view mark) {
    while (!received_.contains(mark)) require(receive());
    const std::string before = received_.substr(0, received_.find(mark) + mark.size());
    received_.erase(0, before.size());
    return before;
  }

  // All that comes once nothing more is sent, until the server closes or says that it does; it has to, and
  // soon.
  std::string receive_all() {
    ::shutdown(socket_, SHUT_WR);
    while (!received_.contains('\x88') && receive()) {
    }
    return received_;
  }

 private:
  // False at the end, which may be an abrupt one.
  bool receive() {
    char bytes[4'096];
    const Undisturbed undisturbed;
    const auto size = ::recv(socket_, bytes, sizeof bytes, 0);
    require(size >= 0 || errno == ECONNRESET);
    if (size > 0) received_.append(bytes, static_cast<std::size_t>(size));
    return size > 0;
  }

  int socket_;
  std::string received_;
};

// As a client sends it (RFC 6455, section 5.2), under a mask of zeros.
std::string frame(std::string_view text) {
  std::string bytes = "\x81";
  if (text.size() < 126) {
    bytes += static_cast<char>(0x80 | text.size());
  } else {
    bytes += static_cast<char>(0x80 | 126);
    bytes += static_cast<char>(text.size() >> 8);
    bytes += static_cast<char>(text.size() & 0xff);
  }
  return bytes.append(4, '\0').append(text);
}

std::string frames_of(std::string_view input) {
  const bool is_raw = input.front() % 2 == 0;
  input.remove_prefix(1);
  std::string frames;
  while (!is_raw && !input.empty()) frames += frame(take_part(input, '\n'));
  return is_raw ? std::string(input) : frames;
}

void check_message(std::string_view text) {
  const json::value message = json::parse(text);
  const auto status = message.at("status").as_int64();
  require(!message.at("error").as_string().empty() && status >= 400 && status < 500);
}

// The last one may be cut off: the connection ends at once when its client does.
void check_frames(std::string_view bytes) {
  bool closed = false;
  while (bytes.size() >= 2) {
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    require(!closed && second < 127);  // no mask, and nothing that is so long
    std::size_t head = 2;
    std::size_t size = second;
    if (second == 126) {
      if (bytes.size() < 4) return;
      head = 4;
      size = static_cast<std::size_t>(static_cast<unsigned char>(bytes[2]) << 8 |
                                      static_cast<unsigned char>(bytes[3]));
    }
    const bool is_text = first == 0x81;
    require(is_text || first == 0x88 || first == 0x89 || first == 0x8a);
    require(is_text || size < 126);
    if (bytes.size() < head + size) return;
    if (is_text) check_message(bytes.substr(head, size));
    closed = first == 0x88;
    bytes.remove_prefix(head + size);
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0 || size > input_bytes_max) return 0;
  const std::string_view input = as_text(data, size);
  const bool is_signed_in = (input.front() & 2) != 0;
  const std::string token = is_signed_in ? "Authorization: Bearer " + square().jack.token + "\r\n" : "";
  Client client;
  client.send(std::string(handshake) + token + "\r\n");
  require(client.receive_until("\r\n\r\n").starts_with("HTTP/1.1 101 "));
  client.send(frames_of(input));
  check_frames(client.receive_all());
  return 0;
}
