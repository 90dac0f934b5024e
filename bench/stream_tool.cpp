// Many readers of one tag by server-sent events on 127.0.0.1, and posts that carry it; prints one JSON line.
//   stream_tool PORT READERS POSTS SECONDS     POSTS one after the other, within SECONDS in which all stay
//   connected
// Of each post: when the first and the last reader had it, from the first byte of its request on.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <span>
#include <stdexcept>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "crowd.h"
#include "http_client.h"
#include "run_tool.h"

namespace hoopoe::bench {

namespace {

constexpr int readers_max = 16'000;
constexpr int readers_per_address = 400;  // the server takes 512 connections of one
constexpr std::string_view tag = "benchcrowd";
constexpr std::string_view nothing_says_this = "\x01";
constexpr std::chrono::seconds patience{10};  // what did not come by then is lost

// From an address of its own, of 127.0.1.0/24.
int connect_from(int number, std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(0x7F000101U + static_cast<std::uint32_t>(number / readers_per_address));
  // NOLINTBEGIN(cppcoreguidelines-pro-type-reinterpret-cast): the socket API is made so
  const int bound = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  if (bound != 0 || ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error(fmt::format("reader {} could not connect", number));
  }
  // NOLINTEND(cppcoreguidelines-pro-type-reinterpret-cast)
  return socket;
}

// One stream. It keeps no more than what may hold the beginning of a mark.
class Reader {
 public:
  Reader(int number, std::uint16_t port) : socket_(connect_from(number, port)) {
    const std::string request = get_request(fmt::format("/api/v1/streaming/hashtag?tag={}", tag), "");
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) {
      throw std::runtime_error("a reader could not ask");
    }
  }
  ~Reader() { ::close(socket_); }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  int socket() const { return socket_; }

  // True once the mark has come; then what came before it is forgotten.
  bool receive(std::string_view mark, std::array<char, 1 << 16>& scratch) {
    const ssize_t size = ::recv(socket_, scratch.data(), scratch.size(), MSG_DONTWAIT);
    if (size <= 0) throw std::runtime_error("the server closed a stream");
    kept_.append(scratch.data(), static_cast<std::size_t>(size));
    const bool found = kept_.contains(mark);
    kept_.erase(0, found ? kept_.size() : kept_.size() - std::min(kept_.size(), mark.size()));
    return found;
  }

 private:
  int socket_;
  std::string kept_;
};

class Crowd {
 public:
  Crowd(std::uint16_t port, int count) : poll_(::epoll_create1(EPOLL_CLOEXEC)) {
    for (int number = 0; number < std::min(count, readers_max); ++number) {
      readers_.push_back(std::make_unique<Reader>(number, port));
      epoll_event event{.events = EPOLLIN, .data = {.ptr = readers_.back().get()}};
      ::epoll_ctl(poll_, EPOLL_CTL_ADD, readers_.back()->socket(), &event);
    }
  }
  ~Crowd() { ::close(poll_); }
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  std::size_t size() const { return readers_.size(); }

  struct Heard {
    std::size_t readers = 0;
    Moment first;
    Moment last;
  };
  // Until everyone has heard the mark, or that moment has come.
  Heard await(std::string_view mark, Moment end = std::chrono::steady_clock::now() + patience) {
    Heard heard;
    while (heard.readers < readers_.size() && std::chrono::steady_clock::now() < end) {
      const int ready = ::epoll_wait(poll_, events_.data(), static_cast<int>(events_.size()), 100);
      for (int i = 0; i < ready; ++i) {
        auto& reader = *static_cast<Reader*>(events_[static_cast<std::size_t>(i)].data.ptr);
        if (!reader.receive(mark, scratch_)) continue;
        heard.last = std::chrono::steady_clock::now();
        if (heard.readers++ == 0) heard.first = heard.last;
      }
    }
    return heard;
  }

 private:
  int poll_;
  std::vector<std::unique_ptr<Reader>> readers_;
  std::array<epoll_event, 512> events_{};
  std::array<char, 1 << 16> scratch_{};
};

int run(std::span<char*> words) {
  if (words.size() != 5) {
    std::cerr << "stream_tool: see the top of bench/stream_tool.cpp\n";
    return 2;
  }
  const auto port = static_cast<std::uint16_t>(std::atoi(words[1]));
  Crowd crowd(port, std::atoi(words[2]));
  const std::size_t connected = crowd.await(":)").readers;
  // Its caller may look at the server now, and says when to go on.
  std::cout << fmt::format(R"({{"connected":{}}})", connected) << std::endl;
  std::cin.get();
  const int posts = std::clamp(std::atoi(words[3]), 1, 1'000);
  const auto step = std::chrono::duration<double>(std::clamp(std::atof(words[4]), 0.0, 120.0) / posts);
  const int author = connect_to(port);
  std::vector<std::uint32_t> first;
  std::vector<std::uint32_t> last;
  std::size_t lost = 0;
  for (int i = 0; i < posts; ++i) {
    const std::string mark = fmt::format("crowd{}mark", i);
    const Moment began = std::chrono::steady_clock::now();
    const std::string request = publish_request(fmt::format("a {} #{}", mark, tag), token_of(0));
    if (::send(author, request.data(), request.size(), MSG_NOSIGNAL) < 0)
      throw std::runtime_error("not sent");
    const Crowd::Heard heard = crowd.await(mark);
    lost += crowd.size() - heard.readers;
    first.push_back(microseconds_between(began, heard.first));
    last.push_back(microseconds_between(began, heard.last));
    // What comes between posts is read as well; a stream that ends is a failure.
    crowd.await(nothing_says_this, began + std::chrono::duration_cast<Moment::duration>(step));
  }
  ::close(author);
  std::cout << fmt::format(R"({{"lost":{},"first_p50_us":{},"last_p50_us":{},"last_p99_us":{}}})", lost,
                           quantile(first, 0.5), quantile(last, 0.5), quantile(last, 0.99))
            << std::endl;
  return 0;
}

}  // namespace

}  // namespace hoopoe::bench

int main(int argc, char** argv) {
  return hoopoe::bench::run_tool("stream_tool", argc, argv, hoopoe::bench::run);
}
