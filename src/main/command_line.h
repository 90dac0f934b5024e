#pragma once

#include <string>
#include <vector>

#include <boost/json/object.hpp>

namespace hoopoe {

// What was asked for on the command line.
struct CommandLine {
  enum class Verb { none, serve, demo, settings, administer, page_weight, text };
  Verb verb = Verb::none;
  int exit_code = 0;  // with none: 0 after help, 2 for words that are wrong

  std::string data;
  std::string demo_data;  // empty: a new folder that goes away with the demonstration
  std::string listen;
  std::string config;
  std::vector<std::string> settings;  // NAME=VALUE
  boost::json::object command;        // to administer: see main/admin.h
};

// Prints help and what is wrong with the words itself. Reads a password from standard input where the words
// say so.
CommandLine parse_command_line(int argc, char** argv);

}  // namespace hoopoe
