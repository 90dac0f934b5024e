#include "main/square.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>
#include <sys/resource.h>

#include "app/accounts.h"
#include "base/ensure.h"
#include "base/log.h"
#include "base/refusal.h"
#include "domain/handle.h"
#include "main/admin.h"
#include "main/control.h"
#include "store/known.h"
#include "store/schema.h"

namespace hoopoe {

namespace {

constexpr std::chrono::seconds drain_deadline{4};  // of the 5 that a service manager is promised
constexpr int descriptors_kept = 200;              // for the store, its readers and the listeners
constexpr int worker_threads = 2;                  // password hashes: 13 ms and 19 MiB each
constexpr int drawing_threads = 1;  // pictures: some 30 ms and 3 MiB each; photos: some 300 ms and 60 MiB

store::DatabaseOptions database_options(const std::filesystem::path& data, app::LiveHub& live,
                                        app::HomeKeeper& homes) {
  return {.directory = data,
          .migrations = store::schema(),
          .known = std::make_shared<store::Known>(),
          .on_commit = [&live, &homes] {
            live.wake();
            homes.wake();
          }};
}

// As many open files as the system lets this process have.
int descriptors() {
  rlimit limit{};
  ensure(getrlimit(RLIMIT_NOFILE, &limit) == 0, "every process may ask");
  limit.rlim_cur = limit.rlim_max;
  setrlimit(RLIMIT_NOFILE, &limit);
  getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<int>(std::min<rlim_t>(limit.rlim_cur, std::numeric_limits<int>::max()));
}

bool is_loopback(std::string_view listen) {
  const std::string_view host = net::without_port(listen);
  return host.starts_with("127.") || host == "[::1]";
}

net::Endpoint endpoint_of(const std::string& listen) {
  const auto endpoint = net::Endpoint::parse(listen);
  if (!endpoint) {
    throw Refusal(
        RefusalKind::bad_request,
        fmt::format(
            "can't listen on \"{}\": write address:port, in numbers and the port up to 65535, as in {}",
            listen, listen_default));
  }
  return *endpoint;
}

// What people reach a server by that was told no more than where to listen.
std::string url_of_listener(const std::string& listen) {
  const std::uint16_t port = endpoint_of(listen).port;
  if (port == 0) {
    throw Refusal(RefusalKind::bad_request,
                  "With port 0, set public_url: nobody knows the port before it runs.");
  }
  if (listen == listen_default || !is_loopback(listen)) return fmt::format("http://localhost:{}", port);
  return "http://" + listen;
}

std::vector<net::Cidr> proxies(const Settings& settings) {
  std::vector<net::Cidr> ranges;
  for (const std::string& text : settings.trusted_proxies) {
    const auto range = net::Cidr::parse(text);
    if (!range) {
      throw Refusal(RefusalKind::bad_request,
                    fmt::format("trusted_proxies: {} is no address or range.", text));
    }
    ranges.push_back(*range);
  }
  return ranges;
}

// As browsers write it: in lower case, without the port that goes without saying.
std::string usual_form(std::string_view url) {
  std::string usual = handle_key(url);
  const std::string_view port = usual.starts_with("https:") ? ":443" : ":80";
  if (usual.ends_with(port)) usual.resize(usual.size() - port.size());
  return usual;
}

// All that can be wrong is refused here, before a store is made in a new folder.
Settings completed(Settings settings, const std::string& listen) {
  endpoint_of(listen);
  proxies(settings);
  if (settings.public_url.empty()) settings.public_url = url_of_listener(listen);
  settings.public_url = usual_form(settings.public_url);
  for (std::string& host : settings.other_hosts) host = handle_key(host);
  if (settings.sign_up_mode.empty()) settings.sign_up_mode = is_loopback(listen) ? "open" : "closed";
  return settings;
}

std::vector<std::string> hosts(const app::App& app, const std::string& listen) {
  std::vector<std::string> names = app.settings.other_hosts;
  names.push_back(app.host);
  if (is_loopback(listen)) {
    for (const char* name : {"localhost", "127.0.0.1", "[::1]"}) names.emplace_back(name);
    names.emplace_back(net::without_port(listen));
  }
  return names;
}

net::ServerOptions server_options(const Settings& settings, const std::string& listen, const Site& site) {
  net::ServerOptions options{.listen = {listen}, .trusted_proxies = proxies(settings)};
  options.limits.body_bytes_max = Site::text_bytes_max;
  options.body_allowance = [&site](const net::Request& request) { return site.body_allowance(request); };
  options.limits.connections_max = std::min(options.limits.connections_max, descriptors() - descriptors_kept);
  options.wait_max = Site::wait_max;
  options.render_error = [&site](const net::Request& request, const std::exception_ptr& error) {
    return site.render_error(request, error);
  };
  return options;
}

timelines::HomesOptions homes_options(const Settings& settings) {
  const std::size_t bytes = static_cast<std::size_t>(settings.homes_megabytes_max) << 20;
  return {.readers_max = bytes / timelines::HomesOptions::bytes_of_home};
}

// What works, and yet not as its operator means it.
void warn_of_settings(const Settings& settings, const std::string& listen) {
  if (settings.public_url.starts_with("https:") && settings.trusted_proxies.empty()) {
    log::warning(
        "public_url is https, and trusted_proxies is empty: what terminates TLS hides where people come "
        "from, and all of them share one limit. Set trusted_proxies to its address.");
  }
  if (!is_loopback(listen) && settings.public_url.starts_with("http://localhost:")) {
    log::warning("public_url is {}: under any other name this server answers 421. Set public_url.",
                 settings.public_url);
  }
}

}  // namespace

Core::Core(const std::filesystem::path& data, Settings settings, const std::string& listen)
    : settings_(completed(std::move(settings), listen)),
      db_(database_options(data, live_, homes_)),
      workers_(worker_threads),
      drawing_(drawing_threads),
      blobs_(data / "photos"),
      live_(db_),
      homes_(db_, homes_options(settings_)),
      bursts_(system_clock(), settings_),
      app_{.settings = settings_,
           .clock = system_clock(),
           .db = db_,
           .workers = workers_,
           .drawing = drawing_,
           .blobs = blobs_,
           .live = live_,
           .homes = homes_,
           .bursts = bursts_,
           .public_url = settings_.public_url,
           .host = settings_.public_url.substr(settings_.public_url.find("//") + 2),
           .sign_up_mode = parse_sign_up_mode(settings_.sign_up_mode).value_or(SignUpMode::closed)} {}

Core::~Core() { stop(); }

void Core::stop() {
  live_.stop();
  homes_.stop();
  workers_.stop();
  drawing_.stop();
  db_.stop();
}

Square::Square(const std::filesystem::path& data, Settings settings, const std::string& listen)
    : core_(data, std::move(settings), listen),
      site_(core_.app(), hosts(core_.app(), listen)),
      server_(server_options(core_.settings(), listen, site_),
              [this](net::Request& request) { return site_.answer(request); }),
      control_(std::make_unique<ControlServer>(
          std::filesystem::absolute(data) / "control.sock",
          [this](const boost::json::object& command) { return run_admin_command(core_.app(), command); })) {
  core_.app().live.start();
  core_.app().homes.start();
  server_.start();
  housekeeper_ = std::make_unique<Housekeeper>(core_.app());
  link_verifier_ = std::make_unique<app::LinkVerifier>(core_.app());
  if (!core_.settings().websub_hub.empty()) hub_pings_ = std::make_unique<web::HubPings>(core_.app());
  warn_of_settings(core_.settings(), listen);
  log::info("serving {} from {}", core_.app().public_url, std::filesystem::absolute(data).string());
}

Square::~Square() { stop(); }

void Square::stop() {
  control_.reset();
  hub_pings_.reset();
  link_verifier_.reset();
  housekeeper_.reset();
  server_.stop(drain_deadline);
  core_.stop();
}

}  // namespace hoopoe
