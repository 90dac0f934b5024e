// What net/ costs with nothing behind it: serves the files of a folder from memory.
//   null_tool FOLDER PORT      until SIGTERM
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <unordered_map>

#include "net/server.h"

namespace hoopoe::bench {

namespace {

using Files = std::unordered_map<std::string, std::shared_ptr<const std::string>>;

Files load(const std::filesystem::path& folder) {
  Files files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    files["/" + entry.path().filename().string()] = std::make_shared<const std::string>(
        std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return files;
}

net::Task<net::Response> answer(const Files& files, const net::Request& request) {
  net::Response response;
  const auto found = files.find(request.path);
  if (found == files.end()) {
    response.status = 404;
  } else {
    response.headers.add("Content-Type", "application/json; charset=utf-8");
    response.shared_body = found->second;
  }
  co_return response;
}

}  // namespace

}  // namespace hoopoe::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::cerr << "usage: null_tool FOLDER PORT\n";
    return 2;
  }
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto files = hoopoe::bench::load(argv[1]);
  hoopoe::net::Server server(
      {.listen = {std::string("127.0.0.1:") + argv[2]}},
      [&files](hoopoe::net::Request& request) { return hoopoe::bench::answer(files, request); });
  server.start();
  int received = 0;
  sigwait(&signals, &received);
  server.stop(std::chrono::seconds(1));
  return 0;
}
