"""The words that a programme is written in, and titles composed of them."""

from random import Random

LONGEST = 400
SHORTEST = 60

DEPARTMENTS = (
    "Văn phòng UBND tỉnh", "Sở Nội vụ", "Sở Tư pháp", "Sở Tài chính", "Sở Công Thương",
    "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Khoa học và Công nghệ",
    "Sở Văn hóa, Thể thao và Du lịch", "Sở Giáo dục và Đào tạo", "Sở Y tế", "Thanh tra tỉnh",
    "Sở Dân tộc và Tôn giáo", "Sở Ngoại vụ", "Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh",
    "Ban Quản lý các khu công nghiệp", "Văn phòng Đoàn ĐBQH và HĐND tỉnh", "Thống kê tỉnh",
    "Thuế tỉnh", "Bảo hiểm xã hội tỉnh", "Ủy ban MTTQ tỉnh", "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "Báo và Phát thanh, Truyền hình tỉnh",
)  # fmt: skip
# Each list has no two words that are alike without their tones: mailboxes are made of them.
FIRST_NAMES_OF_PLACES = (
    "An", "Bình", "Cẩm", "Đại", "Đông", "Gia", "Hà", "Hải", "Hiệp", "Hoàng", "Hồng", "Kim",
    "Lạc", "Liên", "Long", "Lương", "Minh", "Nam", "Nghĩa", "Ngọc", "Nhân", "Phú", "Phúc",
    "Quang", "Sơn", "Tam", "Tân", "Thái", "Thanh", "Thuận", "Tiên", "Trung", "Văn", "Việt",
    "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
LAST_NAMES_OF_PLACES = (
    "Ân", "Châu", "Cường", "Dũng", "Đạo", "Định", "Đức", "Giang", "Hòa", "Hội", "Hưng", "Khánh",
    "Lâm", "Lập", "Lĩnh", "Lộc", "Lợi", "Lý", "Mỹ", "Ninh", "Phong", "Phương", "Quý", "Sinh",
    "Tài", "Thành", "Thịnh", "Thọ", "Thủy", "Tiến", "Trạch", "Trị", "Xá",
)  # fmt: skip
FAMILY_NAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "Đinh", "Trịnh", "Mai", "Tạ",
)  # fmt: skip
MIDDLE_NAMES = ("Văn", "Thị", "Đức", "Thu", "Minh", "Hữu", "Ngọc", "Quang", "Thanh", "Xuân")
GIVEN_NAMES = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hải", "Hạnh", "Hùng", "Hương", "Khánh", "Lan",
    "Linh", "Long", "Mai", "Nam", "Nga", "Phong", "Phương", "Quân", "Sơn", "Tâm", "Thảo", "Thủy",
    "Trang", "Tuấn", "Vân", "Yến",
)  # fmt: skip

PAPERS = (
    "Kế hoạch", "Đề án", "Báo cáo", "Dự thảo Báo cáo", "Tờ trình", "Quyết định ban hành Quy chế",
    "Quyết định phê duyệt Kế hoạch", "Nghị quyết của HĐND tỉnh quy định", "Chỉ thị", "Chương trình",
    "Phương án", "Quyết định ban hành Quy định", "Hướng dẫn", "Báo cáo chuyên đề",
)  # fmt: skip
ORDERS = (
    "Chỉ đạo triển khai", "Tập trung đẩy nhanh tiến độ", "Rà soát, đánh giá kết quả",
    "Tổ chức thực hiện hiệu quả", "Tăng cường quản lý nhà nước về", "Tham mưu UBND tỉnh về",
    "Kiểm tra, đôn đốc", "Tổng kết, rút kinh nghiệm", "Tiếp tục đẩy mạnh", "Hoàn thiện hồ sơ về",
)  # fmt: skip
SUBJECTS = (
    "xúc tiến thương mại", "hội nhập kinh tế quốc tế", "bảo vệ môi trường",
    "phòng, chống thiên tai",
    "chuyển đổi số và phát triển khoa học, công nghệ", "phổ cập giáo dục mầm non",
    "đầu tư công và các Chương trình mục tiêu quốc gia", "cải cách thủ tục hành chính",
    "giải phóng mặt bằng các dự án trọng điểm", "phát triển nhà ở xã hội", "an toàn thực phẩm",
    "phòng, chống dịch bệnh trên cây trồng, vật nuôi", "quản lý, sử dụng tài sản công",
    "công bố hiện trạng, diện tích rừng", "truyền thông dân số", "an sinh xã hội",
    "tuyển chọn và gọi công dân nhập ngũ", "bảo đảm trật tự an toàn giao thông",
    "đào tạo nghề cho lao động nông thôn", "xây dựng nông thôn mới, đô thị văn minh",
    "chống thất thu ngân sách nhà nước", "phân cấp quản lý đất đai", "cấp nước sạch nông thôn",
    "tiếp công dân, giải quyết khiếu nại, tố cáo", "phát triển các cụm công nghiệp",
    "bảo tồn di sản Dân ca Quan họ", "hiện đại hóa trạm y tế", "thu gom, xử lý rác thải sinh hoạt",
    "quy hoạch chi tiết các khu đô thị", "tinh gọn tổ chức bộ máy", "bình ổn giá cả hàng hóa",
    "xây dựng trường học đạt chuẩn quốc gia", "phát triển du lịch lễ hội", "đăng ký hộ kinh doanh",
    "chăm lo người có công với cách mạng", "bảo vệ an ninh trên không gian mạng",
)  # fmt: skip
PERIODS = (
    "năm {year}", "quý {quarter} năm {year}", "giai đoạn {year} - 2030", "6 tháng đầu năm {year}",
    "đến năm 2030, tầm nhìn đến năm 2045", "năm học {year} - {after}",
)  # fmt: skip
TAILS = (
    "kịp thời tháo gỡ khó khăn, vướng mắc trong quá trình tổ chức thực hiện",
    "báo cáo Chủ tịch UBND tỉnh xem xét, quyết định theo thẩm quyền",
    "nâng cao trách nhiệm của người đứng đầu các cơ quan, đơn vị, địa phương",
    "bảo đảm đúng tiến độ, tiết kiệm, chống lãng phí",
    "phối hợp chặt chẽ với các sở, ngành và địa phương có liên quan",
    "xử lý nghiêm các hành vi vi phạm theo quy định của pháp luật",
    "tổng hợp kết quả, gửi Văn phòng UBND tỉnh trước ngày 20 hằng tháng",
    "lấy ý kiến các cơ quan, tổ chức, cá nhân có liên quan trước khi trình",
    "đẩy mạnh thông tin, tuyên truyền tới cán bộ, công chức và Nhân dân",
    "bố trí kinh phí thực hiện từ nguồn ngân sách tỉnh và các nguồn huy động hợp pháp khác",
)
NOTES = (
    "Đã gửi dự thảo lấy ý kiến các sở, ngành.",
    "Đang tổng hợp ý kiến góp ý; còn thiếu ý kiến của 3 đơn vị.",
    "Hồ sơ đã trình Sở Tư pháp thẩm định.",
    "Chậm do chờ hướng dẫn của Bộ; sẽ hoàn thành trong tuần tới.",
    "Đã hoàn thiện hồ sơ theo kết luận của lãnh đạo UBND tỉnh.",
)
REASONS = (
    "Chờ văn bản hướng dẫn của Trung ương.",
    "Bổ sung nội dung theo ý kiến của Thường trực HĐND tỉnh.",
    "Điều chỉnh theo lịch họp của UBND tỉnh.",
)


def places(rng: Random, count: int) -> list[str]:
    """That many different names of communes; a number is added when the words run out."""
    pairs = [f"{a} {b}" for a in FIRST_NAMES_OF_PLACES for b in LAST_NAMES_OF_PLACES]
    rng.shuffle(pairs)
    rounds = -(-count // len(pairs))
    names = [f"{pair} {n}" if n > 1 else pair for n in range(1, rounds + 1) for pair in pairs]
    return names[:count]


def full_name(rng: Random) -> str:
    """A name that somebody in the province might have."""
    return " ".join(map(rng.choice, (FAMILY_NAMES, MIDDLE_NAMES, GIVEN_NAMES)))


class Writer:
    """Writes titles of tasks: a few words at times, several clauses at others."""

    def __init__(self, rng: Random, where: list[str]) -> None:
        self._rng = rng
        self._places = where

    def paper(self, year: int) -> str:
        """What a meeting considers or the Chairman signs."""
        head = f"{self._rng.choice(PAPERS)} {self._number(year)}về {self._rng.choice(SUBJECTS)}"
        return self._lengthened(f"{head} {self._scope(year)}", ";")

    def order(self, year: int) -> str:
        """What a unit is told to do."""
        head = f"{self._rng.choice(ORDERS)} {self._rng.choice(SUBJECTS)}"
        return self._lengthened(f"{head} {self._scope(year)}", ",")

    def _number(self, year: int) -> str:
        # A third of the papers amend another one, named by its number.
        if self._rng.random() > 1 / 3:
            return ""
        return f"sửa đổi, bổ sung Kế hoạch số {self._rng.randint(1, 950)}/KH-UBND năm {year - 2} "

    def _scope(self, year: int) -> str:
        period = self._rng.choice(PERIODS).format(
            year=year, after=year + 1, quarter=self._rng.choice(("I", "II", "III", "IV"))
        )
        return f"trên địa bàn {self._rng.choice(self._places)} {period}"

    def _lengthened(self, text: str, mark: str) -> str:
        wanted = int(SHORTEST + (LONGEST - SHORTEST) * self._rng.random() ** 2)
        tails = self._rng.sample(TAILS, 5)
        while len(text) < wanted and tails:
            text = f"{text}{mark} {tails.pop()}"
        return text if len(text) <= LONGEST else text[:LONGEST].rpartition(" ")[0]
