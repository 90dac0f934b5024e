#include "main/command_line.h"

#include <iostream>

#include <CLI/CLI.hpp>

#include "main/square.h"

namespace hoopoe {

namespace {

using Verb = CommandLine::Verb;

constexpr int exit_code_for_wrong_words = 2;  // as getopt's users expect; CLI11 has one of its own for each

void add_data_option(CLI::App& command, CommandLine& line) {
  line.data = data_default;
  command.add_option("--data", line.data, "Folder of the store")->capture_default_str();
}

void add_server_options(CLI::App& command, CommandLine& line) {
  line.listen = listen_default;
  command.add_option("--listen", line.listen, "Address and port to listen on")->capture_default_str();
  command.add_option("--config", line.config, "File of settings, in TOML");
  command.add_option("--set", line.settings, "One setting, as NAME=VALUE; may be given again")
      ->allow_extra_args(false);
}

void add_servers(CLI::App& app, CommandLine& line) {
  CLI::App* serve = app.add_subcommand("serve", "Serve the square");
  add_data_option(*serve, line);
  add_server_options(*serve, line);
  serve->callback([&line] { line.verb = Verb::serve; });

  CLI::App* demo = app.add_subcommand("demo", "Serve a square where a program plays the people");
  demo->add_option("--data", line.demo_data,
                   "Folder of the store; none: a new one that goes away at the end");
  add_server_options(*demo, line);
  demo->callback([&line] { line.verb = Verb::demo; });
}

// The password is never an argument: those are seen by everyone on the machine.
void add_password_option(CLI::App& command, CommandLine& line) {
  command.add_flag_callback(
      "--password-stdin",
      [&line] {
        std::string password;
        std::getline(std::cin, password);
        line.command["password"] = password;
      },
      "Read the password from the first line of standard input");
}

CLI::App* add_command(CLI::App& group, CommandLine& line, const std::string& name,
                      const std::string& meaning) {
  CLI::App* command = group.add_subcommand(name, meaning);
  add_data_option(*command, line);
  command->callback([&line, words = group.get_name() + " " + name] {
    line.verb = Verb::administer;
    line.command["command"] = words;
  });
  return command;
}

CLI::Option* add_text_option(CLI::App& command, CommandLine& line, const std::string& flags,
                             const std::string& field, const std::string& meaning) {
  return command.add_option_function<std::string>(
      flags, [&line, field](const std::string& value) { line.command[field] = value; }, meaning);
}

// What is done to somebody has a reason, for the audit log.
CLI::App* add_moderation(CLI::App& group, CommandLine& line, const std::string& name,
                         const std::string& meaning) {
  CLI::App* command = add_command(group, line, name, meaning);
  add_text_option(*command, line, "--reason", "reason", "Why: for the audit log, and for whom it concerns");
  return command;
}

void add_account_commands(CLI::App& app, CommandLine& line) {
  CLI::App* group = app.add_subcommand("account", "People and their accounts");
  CLI::App* create = add_command(*group, line, "create", "Make an account that works at once");
  add_text_option(*create, line, "handle", "handle", "Its handle")->required();
  add_text_option(*create, line, "--email", "email", "Where its person gets mail")->required();
  add_password_option(*create, line);
  create->add_flag_callback(
      "--admin", [&line] { line.command["role"] = "admin"; }, "Make its person an admin");
  add_command(*group, line, "list", "List all: id, handle, e-mail, role, standing");
  CLI::App* reset = add_command(*group, line, "reset-password", "Set a new password, or make one up");
  add_password_option(*reset, line);
  CLI::App* role = add_command(*group, line, "role", "Make its person a person, moderator or admin");
  std::vector<CLI::App*> on_one{
      reset,
      role,
      add_moderation(*group, line, "approve", "Let somebody in who asked to join"),
      add_moderation(*group, line, "warn", "Tell its person the reason, as a notice"),
      add_moderation(*group, line, "limit", "Leave an account out of the public timelines"),
      add_moderation(*group, line, "unlimit", "Let it in again"),
      add_moderation(*group, line, "suspend", "Hide an account everywhere and sign it out"),
      add_moderation(*group, line, "unsuspend", "Bring a suspended account back"),
      add_moderation(*group, line, "delete", "Delete an account and all its posts, for good"),
  };
  for (CLI::App* command : on_one)
    add_text_option(*command, line, "handle", "handle", "Its handle")->required();
  add_text_option(*role, line, "role", "role", "person, moderator or admin")->required();
}

void add_number_option(CLI::App& command, CommandLine& line, const std::string& flags,
                       const std::string& field, const std::string& meaning) {
  command.add_option_function<std::int64_t>(
      flags, [&line, field](std::int64_t value) { line.command[field] = value; }, meaning);
}

void add_rule_commands(CLI::App& app, CommandLine& line) {
  CLI::App* rules = app.add_subcommand("rule", "What new posts are looked at for");
  for (CLI::App* command : {
           add_command(*rules, line, "add", "Add a rule, for all posts from now on"),
           add_command(*rules, line, "try", "Print which past posts it would have caught"),
       }) {
    add_text_option(*command, line, "do", "do",
                    "hold (until a moderator has read it), limit (not in public timelines) or refuse")
        ->required();
    add_text_option(*command, line, "--words", "words",
                    "Any of these, between commas; casino* for all that begin so");
    add_text_option(*command, line, "--sites", "sites", "A link to any of these, between commas");
    add_number_option(*command, line, "--links", "links", "So many links, or more");
    add_number_option(*command, line, "--mentions", "mentions", "So many people named, or more");
    add_number_option(*command, line, "--younger-than", "age", "An account younger than so many hours");
    add_text_option(*command, line, "--message", "message", "What the author of a refused post reads");
  }
  add_command(*rules, line, "list", "List them: id, what each does and goes by");
  CLI::App* remove = add_command(*rules, line, "remove", "Remove a rule");
  CLI::App* held = app.add_subcommand("held", "Posts that wait for a moderator");
  add_text_option(
      *add_command(*held, line, "list", "List them, oldest first: id, when, by whom, content warning, words"),
      line, "--after", "after", "Only those after this id: 200 are listed at once");
  for (CLI::App* command : {
           remove,
           add_moderation(*held, line, "release", "Publish it now"),
           add_moderation(*held, line, "turn-down", "Drop it, and tell its author why"),
       }) {
    add_text_option(*command, line, "id", "id", "Its number in the list")->required();
  }
}

void add_other_commands(CLI::App& app, CommandLine& line) {
  CLI::App* posts = app.add_subcommand("post", "Posts");
  for (CLI::App* command : {
           add_moderation(*posts, line, "take-down", "Hide a post; it can be restored for 30 days"),
           add_moderation(*posts, line, "restore", "Bring back a post that was taken down"),
           add_moderation(*posts, line, "delete", "Delete a post, whoever wrote it, for good"),
       }) {
    add_text_option(*command, line, "id", "id", "The number at the end of its address")->required();
  }
  CLI::App* emails = app.add_subcommand("email", "Addresses and domains that open no account");
  for (CLI::App* command : {
           add_command(*emails, line, "block", "Refuse an address, or a domain and all below it"),
           add_command(*emails, line, "unblock", "Take it again"),
       }) {
    add_text_option(*command, line, "pattern", "pattern", "someone@example.org, or example.org")->required();
  }
  add_command(*emails, line, "list", "List what is blocked");
  CLI::App* reports = app.add_subcommand("report", "What people ask you to look at");
  add_text_option(*add_command(*reports, line, "list",
                               "List open ones, oldest first: id, category, whom, by whom, posts, comment"),
                  line, "--after", "after", "Only those after this id: 200 are listed at once");
  add_text_option(*add_command(*reports, line, "close", "Say that it is dealt with"), line, "id", "id",
                  "Its number in the list")
      ->required();
  CLI::App* audit = app.add_subcommand("audit", "Every act of the operators");
  add_text_option(*add_command(*audit, line, "list",
                               "List them, newest first: id, when, by whom, what, on whom, which post, why"),
                  line, "--before", "before", "Only those before this id: 200 are listed at once");
  CLI::App* invites = app.add_subcommand("invite", "Invitations, for sign_up.mode = invite");
  add_number_option(*add_command(*invites, line, "create", "Print a new invitation code"), line, "--uses",
                    "uses", "How many sign-ups it is good for");
  app.add_subcommand("settings", "List every setting, its default and what it means")->callback([&line] {
    line.verb = Verb::settings;
  });
  app.add_subcommand("page-weight", "List the bytes and requests of every public page against its budget")
      ->callback([&line] { line.verb = Verb::page_weight; });
  app.add_subcommand("text", "Answer JSON lines about the text of posts, from standard input")
      ->callback([&line] { line.verb = Verb::text; });
}

}  // namespace

CommandLine parse_command_line(int argc, char** argv) {
  CommandLine line;
  CLI::App app{"Hoopoe, a public square in one binary.", "hoopoe"};
  app.set_version_flag("--version", HOOPOE_VERSION);
  add_servers(app, line);
  add_account_commands(app, line);
  add_rule_commands(app, line);
  add_other_commands(app, line);
  // Not required by CLI11, which would say of a misspelt command that one is missing.
  app.require_subcommand(0, 1);
  try {
    app.parse(argc, argv);
    if (line.verb == Verb::none) {
      const auto chosen = app.get_subcommands();
      std::cerr << (chosen.empty() ? app : *chosen.front()).help();
      line.exit_code = exit_code_for_wrong_words;
    }
  } catch (const CLI::ParseError& error) {
    line.verb = Verb::none;
    line.exit_code = app.exit(error) == 0 ? 0 : exit_code_for_wrong_words;
  }
  return line;
}

}  // namespace hoopoe
