#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

// Addresses that open no account: the table email_blocks.
namespace hoopoe::store::email_blocks {

// Whether the address, its domain, or a domain above that is blocked. Without regard to case.
bool matches(Read& read, std::string_view email);
std::vector<std::string> list(Read& read);

// A whole address, or a domain. False when it was so already.
bool insert(Write& write, std::string_view pattern);
bool erase(Write& write, std::string_view pattern);

}  // namespace hoopoe::store::email_blocks
