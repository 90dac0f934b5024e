#include "main/control.h"

#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <sys/stat.h>

#include "base/log.h"
#include "base/refusal.h"

namespace hoopoe {

namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Protocol = asio::local::stream_protocol;

constexpr std::size_t line_bytes_max = std::size_t{1} << 20;
constexpr timeval patience{.tv_sec = 5, .tv_usec = 0};  // with a peer that says nothing

std::string read_line(Protocol::socket& socket) {
  std::string line;
  boost::system::error_code error;
  const std::size_t size = asio::read_until(socket, asio::dynamic_buffer(line, line_bytes_max), '\n', error);
  return line.substr(0, size);
}

json::object run_line(const ControlServer::Run& run, const std::string& line) {
  try {
    const json::value parsed = json::parse(line);
    const json::object* command = parsed.if_object();
    if (command == nullptr) return {{"error", "A command is one JSON object."}};
    return {{"output", run(*command)}};
  } catch (const Refusal& refusal) {
    return {{"error", refusal.what()}};
  } catch (const std::exception& error) {
    log::error("control: {}", error.what());
    return {{"error", error.what()}};
  }
}

}  // namespace

class ControlServer::Listener {
 public:
  Listener(const std::filesystem::path& path, Run run) : path_(path), run_(std::move(run)), acceptor_(io_) {
    std::filesystem::remove(path_);
    acceptor_.open();
    acceptor_.bind(Protocol::endpoint(path_.string()));
    std::filesystem::permissions(path_,
                                 std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    acceptor_.listen();
    accept();
    thread_ = std::thread([this] { io_.run(); });
  }

  ~Listener() {
    io_.stop();
    thread_.join();
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }

 private:
  void accept() {
    acceptor_.async_accept([this](boost::system::error_code error, Protocol::socket socket) {
      if (error) return;
      serve(socket);
      accept();
    });
  }

  void serve(Protocol::socket& socket) const {
    setsockopt(socket.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const std::string answer = json::serialize(run_line(run_, read_line(socket))) + "\n";
    boost::system::error_code gone;
    asio::write(socket, asio::buffer(answer), gone);
  }

  std::filesystem::path path_;
  Run run_;
  asio::io_context io_;
  Protocol::acceptor acceptor_;
  std::thread thread_;
};

ControlServer::ControlServer(const std::filesystem::path& socket, Run run)
    : listener_(std::make_unique<Listener>(socket, std::move(run))) {}
ControlServer::~ControlServer() = default;

std::optional<std::string> ask_server(const std::filesystem::path& path, const json::object& command) {
  asio::io_context io;
  Protocol::socket socket(io);
  boost::system::error_code error;
  socket.connect(Protocol::endpoint(path.string()), error);
  if (error) return std::nullopt;
  asio::write(socket, asio::buffer(json::serialize(command) + "\n"));
  const std::string line = read_line(socket);
  if (line.empty()) throw Refusal(RefusalKind::unavailable, "The server ended before it answered.");
  const json::value parsed = json::parse(line);
  const json::object& answer = parsed.as_object();
  if (const json::value* refused = answer.if_contains("error")) {
    throw Refusal(RefusalKind::bad_request, std::string(refused->as_string()));
  }
  return std::string(answer.at("output").as_string());
}

}  // namespace hoopoe
