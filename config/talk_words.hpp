// The words of config/rules by which a talk is understood beside the lexicon, each file a kind of its own. What is
// wrong is appended to `faults`, a line each; the result is to be used only when nothing was appended.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "bot/conversation/world.hpp"

namespace config {

// Words that mean something anywhere ("menu", "batal"), folded, and what.
std::map<std::string, std::string, std::less<>> load_words(const std::filesystem::path& file,
                                                           std::vector<std::string>& faults);
bot::complaint_rules load_complaints(const std::filesystem::path& file, std::vector<std::string>& faults);
bot::cases::sealed_rules load_sealed(const std::filesystem::path& file, std::vector<std::string>& faults);
bot::cases::card_fact_rules load_card_facts(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                            std::vector<std::string>& faults);
bot::activity_rules load_activities(const std::filesystem::path& file, std::vector<std::string>& faults);
bot::saying load_saying(const std::filesystem::path& file, std::vector<std::string>& faults);
std::vector<bot::danger_advice> load_advice(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                            std::vector<std::string>& faults);
bot::correction_rules load_corrections(const std::filesystem::path& file, std::vector<std::string>& faults);
std::vector<bot::faq_topic> load_faq(const std::filesystem::path& file, const bot::language::catalogue& texts,
                                     std::vector<std::string>& faults);

}  // namespace config
