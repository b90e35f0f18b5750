#include "config/hunch.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

namespace config {
namespace {

using bot::language::hunch;

constexpr std::string_view first_line = "kentongan hunch 2";
constexpr std::array<std::string_view, hunch::questions> questions = {"intent", "category", "level", "going_on",
                                                                      "event"};
constexpr std::string_view no_name = "-";
constexpr std::size_t sign_bytes = 4;  // the lowest first

}  // namespace

std::shared_ptr<const hunch> load_hunch(const std::filesystem::path& path, std::vector<std::string>& faults) {
  std::ifstream file(path, std::ios::binary);
  const auto fault = [&](const std::string& what) {
    faults.push_back(path.string() + ": " + what);
    return nullptr;
  };
  std::string line;
  if (!std::getline(file, line) || line != first_line) return fault("no learned model, or of another version");
  std::vector<hunch::label> labels;
  std::vector<float> bias;
  std::size_t count = 0;
  float scale = 0;
  while (count == 0 && std::getline(file, line)) {
    std::istringstream words(line);
    std::string question, name;
    float value = 0;
    words >> question >> name >> value;
    if (question == "signs") {
      std::istringstream(line) >> question >> count >> name >> scale;
      break;
    }
    const auto* const known = std::ranges::find(questions, question);
    if (!words || known == questions.end()) return fault("\"" + line + "\" names no label");
    labels.push_back({static_cast<hunch::question>(known - questions.begin()), name == no_name ? std::string() : name});
    bias.push_back(value);
  }
  const std::vector<std::int8_t> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  if (labels.empty() || count == 0 || bytes.size() != (sign_bytes + labels.size()) * count) return fault("not whole");
  const auto weights = bytes.begin() + static_cast<std::ptrdiff_t>(sign_bytes * count);
  std::vector<std::uint32_t> known(count);
  for (std::size_t i = 0; i < sign_bytes * count; ++i)
    known[i / sign_bytes] |= std::uint32_t{static_cast<std::uint8_t>(bytes[i])} << (8 * (i % sign_bytes));
  return std::make_shared<const hunch>(std::move(labels), std::move(bias), scale, std::move(known),
                                       std::vector<std::int8_t>(weights, bytes.end()));
}

void save_hunch(const std::filesystem::path& path, const hunch& model) {
  std::ofstream file(path, std::ios::binary);
  file.precision(9);
  file << first_line << '\n';
  for (std::size_t i = 0; i < model.labels().size(); ++i) {
    const auto& label = model.labels()[i];
    file << questions[static_cast<std::size_t>(label.of)] << ' ' << (label.name.empty() ? no_name : label.name) << ' '
         << model.bias()[i] << '\n';
  }
  file << "signs " << model.known().size() << " scale " << model.scale() << '\n';
  for (const std::uint32_t sign : model.known()) {
    for (std::size_t byte = 0; byte < sign_bytes; ++byte) file.put(static_cast<char>(sign >> (8 * byte) & 0xffU));
  }
  for (const std::int8_t weight : model.weights()) file.put(static_cast<char>(weight));
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace config
