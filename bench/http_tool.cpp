// Load over HTTP on 127.0.0.1; prints one JSON line.
// Each line of FILE: a target, or a target and a token. RATE: requests a second, 0 as fast as answers come.
//   http_tool get PORT CONNECTIONS SECONDS FILE [gzip]
//   http_tool once PORT FILE                             each line once, one after the other
//   http_tool post PORT RATE SECONDS FILE                with nothing in the body
//   http_tool publish PORT CONNECTIONS SECONDS PEOPLE RATE
//   http_tool follow PORT SECONDS RATE                   person 0 publishes, person 1 follows by server-sent
//   events
//   http_tool shows PORT SECONDS RATE FILE               person 0 publishes, and each time the next of FILE
//   is asked whether it shows it, once the answer has come
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <span>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "crowd.h"
#include "http_client.h"
#include "run_tool.h"

namespace hoopoe::bench {

namespace {

constexpr int published_texts = 16'384;

using Write = std::string (*)(std::string_view target, std::string_view token);

std::vector<std::string> read_targets(const char* name, Write write) {
  std::vector<std::string> requests;
  std::ifstream file(name);
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string target;
    std::string token;
    words >> target >> token;
    requests.push_back(write(target, token));
  }
  if (requests.empty()) throw std::runtime_error("no targets");
  return requests;
}

std::string get_as_it_is(std::string_view target, std::string_view token) {
  return get_request(target, token);
}
std::string get_compressed(std::string_view target, std::string_view token) {
  return get_request(target, token, Encoding::gzip);
}

std::vector<std::string> publish_requests(int people) {
  Dice dice(3);
  std::vector<std::string> requests;
  requests.reserve(published_texts);
  for (int i = 0; i < published_texts; ++i) {
    requests.push_back(publish_request(say(dice, people, published_mix), token_of(dice.leaning(people))));
  }
  return requests;
}

int print(const LoadResult& result) {
  std::cout << fmt::format(
                   R"({{"count":{},"refused":{},"bytes":{},"seconds":{:.4f},"p50_us":{},"p99_us":{}}})",
                   result.answers, result.refused, result.bytes, result.seconds,
                   quantile(result.microseconds, 0.5), quantile(result.microseconds, 0.99))
            << "\n";
  return 0;
}

// A connection whose bytes are looked through for a mark. What does not come within 5 s is lost.
class Listener {
 public:
  explicit Listener(std::uint16_t port) : socket_(connect_to(port)) {
    const timeval patience{.tv_sec = 5, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Listener() { ::close(socket_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  void send(const std::string& bytes) const {
    if (::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL) < 0) throw std::runtime_error("not sent");
  }

  // When the mark had come; what came before it is forgotten.
  Moment await(const std::string& mark) {
    std::array<char, 1 << 16> bytes;
    for (auto at = received_.find(mark); at == std::string::npos; at = received_.find(mark)) {
      const ssize_t size = ::recv(socket_, bytes.data(), bytes.size(), 0);
      if (size <= 0) throw std::runtime_error("no " + mark + " came");
      received_.append(bytes.data(), static_cast<std::size_t>(size));
    }
    received_.clear();
    return std::chrono::steady_clock::now();
  }

 private:
  int socket_;
  std::string received_;
};

int follow(std::uint16_t port, double seconds, int posts_per_second) {
  Listener stream(port);
  stream.send(get_request("/api/v1/streaming/user", token_of(1)));
  stream.await(":)");
  Listener author(port);
  std::vector<std::uint32_t> answers;
  std::vector<std::uint32_t> events;
  const int count = static_cast<int>(seconds * posts_per_second);
  auto due = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) {
    const std::string mark = fmt::format("walk{}home", i);
    const auto began = std::chrono::steady_clock::now();
    author.send(publish_request("a " + mark + " in the rain #rain", token_of(0)));
    // Each on a thread of its own, since either may come first.
    Moment seen;
    std::jthread watcher([&] { seen = stream.await(mark); });
    answers.push_back(microseconds_between(began, author.await(mark)));
    watcher.join();
    events.push_back(microseconds_between(began, seen));
    due += std::chrono::microseconds(1'000'000 / posts_per_second);
    std::this_thread::sleep_until(due);
  }
  std::cout << fmt::format(R"({{"count":{},"p50_us":{},"p99_us":{},"answer_p50_us":{},"answer_p99_us":{}}})",
                           count, quantile(events, 0.5), quantile(events, 0.99), quantile(answers, 0.5),
                           quantile(answers, 0.99))
            << "\n";
  return 0;
}

int shows(std::uint16_t port, double seconds, int posts_per_second, const std::vector<std::string>& homes) {
  Listener author(port);
  Listener home(port);
  std::vector<std::uint32_t> shown;
  const int count = static_cast<int>(seconds * posts_per_second);
  auto due = std::chrono::steady_clock::now();
  for (int i = 0; i < count; ++i) {
    const std::string mark = fmt::format("shown{}here", i);
    author.send(publish_request("a " + mark + " in the rain", token_of(0)));
    const Moment answered = author.await(mark);
    // A home that does not show it is waited for in vain, and that is a failure.
    home.send(homes[static_cast<std::size_t>(i) % homes.size()]);
    shown.push_back(microseconds_between(answered, home.await(mark)));
    due += std::chrono::microseconds(1'000'000 / posts_per_second);
    std::this_thread::sleep_until(due);
  }
  std::cout << fmt::format(R"({{"count":{},"p50_us":{},"p99_us":{}}})", count, quantile(shown, 0.5),
                           quantile(shown, 0.99))
            << "\n";
  return 0;
}

int run(std::span<char*> words) {
  const std::string_view what = words.size() > 1 ? words[1] : "";
  const auto port = static_cast<std::uint16_t>(words.size() > 2 ? std::atoi(words[2]) : 0);
  if (what == "follow" && words.size() == 5) {
    return follow(port, std::atof(words[3]), std::atoi(words[4]));
  }
  if (what == "shows" && words.size() == 6) {
    return shows(port, std::atof(words[3]), std::atoi(words[4]), read_targets(words[5], get_as_it_is));
  }
  if (what == "get" && (words.size() == 6 || words.size() == 7)) {
    const bool is_compressed = words.size() == 7 && std::string_view(words[6]) == "gzip";
    return print(
        run_load({.port = port,
                  .connections = std::atoi(words[3]),
                  .seconds = std::atof(words[4]),
                  .requests = read_targets(words[5], is_compressed ? get_compressed : get_as_it_is)}));
  }
  if (what == "once" && words.size() == 4) {
    std::vector<std::string> requests = read_targets(words[3], get_as_it_is);
    const auto count = static_cast<std::int64_t>(requests.size());
    return print(run_load({.port = port, .seconds = 60, .requests = std::move(requests), .answers = count}));
  }
  if (what == "post" && words.size() == 6) {
    return print(run_load({.port = port,
                           .connections = 8,
                           .seconds = std::atof(words[4]),
                           .requests = read_targets(words[5], post_request),
                           .rate = std::atof(words[3])}));
  }
  if (what == "publish" && words.size() == 7) {
    return print(run_load({.port = port,
                           .connections = std::atoi(words[3]),
                           .seconds = std::atof(words[4]),
                           .requests = publish_requests(std::atoi(words[5])),
                           .rate = std::atof(words[6])}));
  }
  std::cerr << "http_tool: see the top of bench/http_tool.cpp\n";
  return 2;
}

}  // namespace

}  // namespace hoopoe::bench

int main(int argc, char** argv) {
  return hoopoe::bench::run_tool("http_tool", argc, argv, hoopoe::bench::run);
}
