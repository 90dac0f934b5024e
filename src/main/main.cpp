#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <optional>

#include <pthread.h>
#include <signal.h>

#include "base/log.h"
#include "base/refusal.h"
#include "base/temporary_directory.h"
#include "main/admin.h"
#include "main/command_line.h"
#include "main/control.h"
#include "main/demo.h"
#include "main/page_weight.h"
#include "main/square.h"
#include "main/text_command.h"

namespace hoopoe {

namespace {

// Blocks the signals that end a server, in this thread and those it starts, so that one place waits for them.
sigset_t block_ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  signal(SIGPIPE, SIG_IGN);
  return signals;
}

Settings settings_of(const CommandLine& line) {
  Settings settings;
  if (!line.config.empty()) load_settings_file(settings, line.config);
  for (const std::string& assignment : line.settings) apply_setting(settings, assignment);
  return settings;
}

void wait_for(const sigset_t& signals) {
  int received = 0;
  sigwait(&signals, &received);
}

int serve(const CommandLine& line) {
  const sigset_t signals = block_ending_signals();
  Square square(line.data, settings_of(line), line.listen);
  std::cout << "Hoopoe is at " << square.app().public_url << std::endl;
  wait_for(signals);
  log::info("stopping");
  return 0;
}

int serve_demo(const CommandLine& line) {
  const sigset_t signals = block_ending_signals();
  Settings settings = settings_of(line);
  settings.instance_title += " (demonstration)";
  if (settings.instance_notice.empty()) settings.instance_notice = demo_notice;
  std::optional<TemporaryDirectory> own;
  const auto data = line.demo_data.empty() ? own.emplace().path() : std::filesystem::path(line.demo_data);
  Square square(data, settings, line.listen);
  const Demo demo(square.app());
  std::cout << "A demonstration of Hoopoe is at " << square.app().public_url << std::endl;
  wait_for(signals);
  return 0;
}

int print_settings() {
  const Settings defaults;
  for (const SettingRow& row : setting_rows()) {
    std::cout << row.name << " = " << row.show(defaults) << "\n    " << row.meaning << "\n";
  }
  return 0;
}

// By the server when one runs on the data; else here.
int administer(const CommandLine& line) {
  const std::filesystem::path data = std::filesystem::absolute(line.data);
  if (const auto output = ask_server(data / "control.sock", line.command)) {
    std::cout << *output;
    return 0;
  }
  if (!starts_a_store(line.command) && !std::filesystem::exists(data)) {
    throw Refusal(RefusalKind::bad_request,
                  "There is no square in " + data.string() + ": name its folder with --data.");
  }
  const bool is_new = !std::filesystem::exists(data);
  Core core(line.data, {});
  std::cout << run_admin_command(core.app(), line.command);
  if (is_new) std::cerr << "A new square is in " << data.string() << ".\n";
  return 0;
}

int run(const CommandLine& line) {
  switch (line.verb) {
    case CommandLine::Verb::serve:
      return serve(line);
    case CommandLine::Verb::demo:
      return serve_demo(line);
    case CommandLine::Verb::settings:
      return print_settings();
    case CommandLine::Verb::administer:
      return administer(line);
    case CommandLine::Verb::page_weight:
      return run_page_weight(std::cout);
    case CommandLine::Verb::text:
      return run_text_command(std::cin, std::cout);
    case CommandLine::Verb::none:
      return line.exit_code;
  }
  return 1;
}

}  // namespace

}  // namespace hoopoe

int main(int argc, char** argv) {
  try {
    return hoopoe::run(hoopoe::parse_command_line(argc, argv));
  } catch (const std::exception& error) {
    std::cerr << "hoopoe: " << hoopoe::without_prefix(error.what()) << "\n";
    return 1;
  }
}
