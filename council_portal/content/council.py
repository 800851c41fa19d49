"""What is known about the council, as data: its names, aims, organs, hosts and founding documents.

The source is an article about the council written after its thirteenth meeting. What it does not say is absent here,
and the portal shows it as not recorded. Aims and purposes are in our own words.
"""

from dataclasses import dataclass

MEETINGS_HELD = 13
FIRST_MEETING_MONTH = (1387, 11)
BYLAWS_ADOPTED_IN = 3
BYLAWS_ARTICLES = 11

FIRST_NAME = "شورای هماهنگی مسئولان دبیرخانه وزارتخانه‌ها، نهادها و سازمان‌ها"
FIRST_NAME_NOTE = "تا سومین اجلاس که نام کنونی را تصویب کرد"


@dataclass(frozen=True)
class OrganizationFacts:
    slug: str
    name: str
    branch: str
    kind: str


@dataclass(frozen=True)
class BodyFacts:
    slug: str
    kind: str
    name: str
    short_name: str
    purpose: str = ""
    aims: tuple[str, ...] = ()
    motto: str = ""
    home: str = ""
    member_count_stated: int | None = None
    meetings_per_month: int | None = None
    follows_up: bool = False


@dataclass(frozen=True)
class DocumentFacts:
    slug: str
    kind: str
    title: str
    summary: str
    adopted_in: int | None = None
    articles_stated: int | None = None


# The hosts of meetings 1 to 12, in order; the article names no host for the thirteenth.
HOSTS = (
    OrganizationFacts("presidency", "نهاد ریاست جمهوری", "executive", "presidency"),
    OrganizationFacts("petroleum", "وزارت نفت", "executive", "ministry"),
    OrganizationFacts("agriculture", "وزارت جهاد کشاورزی", "executive", "ministry"),
    OrganizationFacts("energy", "وزارت نیرو", "executive", "ministry"),
    OrganizationFacts("strategic-planning", "معاونت برنامه‌ریزی و نظارت راهبردی رئیس‌جمهور", "executive", "presidency"),
    OrganizationFacts("iran-air", "هواپیمایی جمهوری اسلامی ایران (هما)", "executive", "company"),
    OrganizationFacts("atomic-energy", "سازمان انرژی اتمی ایران", "executive", "organization"),
    OrganizationFacts("customs", "گمرک جمهوری اسلامی ایران", "executive", "organization"),
    OrganizationFacts("roads", "سازمان راهداری و حمل و نقل جاده‌ای", "executive", "organization"),
    OrganizationFacts(
        "national-library", "سازمان اسناد و کتابخانه ملی جمهوری اسلامی ایران", "executive", "organization"
    ),
    OrganizationFacts("health", "وزارت بهداشت، درمان و آموزش پزشکی", "executive", "ministry"),
    OrganizationFacts("physical-education", "سازمان تربیت بدنی", "executive", "organization"),
)

# Members that the article names, who have not hosted.
OTHER_MEMBERS = (
    OrganizationFacts("majlis", "مجلس شورای اسلامی", "legislative", "institution"),
    OrganizationFacts("judicial-power", "قوه قضاییه", "judiciary", "institution"),
    OrganizationFacts("guardian-council", "شورای نگهبان", "other", "council"),
)

ORGANIZATIONS = HOSTS + OTHER_MEMBERS

AIMS = (
    "دگرگون کردن شیوه کار دبیرخانه‌های دستگاه‌ها، همگام با نیازهای امروز اداره کشور",
    "پررنگ‌تر شدن نظارت نهاد ریاست جمهوری بر مکاتبات اداری",
    "فرستادن و گرفتن نامه‌ها با سرعت، سادگی، درستی و دقت",
    "آموزش مسئولان و کارکنان دبیرخانه‌ها و بالا بردن مهارت‌های آنان",
    "به کار گرفتن نرم‌افزارهای اداری و دبیرخانه‌ای استاندارد",
    "هماهنگی با سازمان‌های دیگر قوا که در اجلاس عضویت دارند",
    "پیوستن دستگاه‌هایی به شبکه دولت که هنوز نامه‌های خود را دستی مبادله می‌کنند",
    "چاره‌اندیشی برای جلوگیری از جعل و سوءاستفاده از اسناد و نگهداری امن نوشته‌های اداری",
    "کنار گذاشتن گام‌به‌گام کاغذ و دیجیتالی شدن دبیرخانه‌ها",
)

ASSEMBLY = BodyFacts(
    slug="assembly",
    kind="assembly",
    name="اجلاس مدیران دبیرخانه‌های قوای سه‌گانه",
    short_name="اجلاس",
    purpose=(
        "گردهمایی کسانی است که دبیرخانه‌ها و برخی واحدهای فناوری اطلاعات وزارتخانه‌ها، نهادها و سازمان‌های قوای سه‌گانه "
        "و دیگر ارکان کشور را اداره می‌کنند. اعضا ماهی یک بار، هر بار میهمان یکی از دستگاه‌های عضو، گرد هم می‌آیند. "
        "گزارش اجلاس‌ها به صورت چاپی و بر لوح فشرده آماده و برای مدیران و مقامات مربوط فرستاده می‌شود. "
        "برای آنکه مقاله‌ها، سخنرانی‌ها، تصاویر و برنامه‌ها در دسترس همه اعضا بماند، پایگاهی ویژه اجلاس به نشانی "
        "ocms.dolat.ir در شبکه پیام دولت برپا شده است."
    ),
    aims=AIMS,
    motto="به سوی دبیرخانه الکترونیک",
    home="اداره کل دبیرخانه مرکزی ریاست جمهوری",
    member_count_stated=120,
    meetings_per_month=1,
)

BOARD = BodyFacts(slug="board", kind="board", name="هیئت رئیسه", short_name="هیئت رئیسه")

COMMITTEES = (
    BodyFacts(
        slug="training",
        kind="committee",
        name="کمیته آموزش",
        short_name="آموزش",
        purpose="افزودن بر دانش کارکنان دبیرخانه‌ها و بالا بردن مهارت آنان در کار روزانه.",
        meetings_per_month=2,
    ),
    BodyFacts(
        slug="expertise",
        kind="committee",
        name="کمیته کارشناسی دبیرخانه",
        short_name="کارشناسی",
        purpose=(
            "بررسی مسائل تخصصی دبیرخانه‌ها، از ارتقای پست‌های سازمانی تا تدوین دستورالعمل‌ها و آیین‌نامه‌ها، "
            "تا همه دبیرخانه‌ها رویه‌ای یکسان و نگاهی یگانه داشته باشند."
        ),
        meetings_per_month=2,
    ),
    BodyFacts(
        slug="ict",
        kind="committee",
        name="کمیته فناوری اطلاعات و ارتباطات",
        short_name="فناوری اطلاعات",
        purpose=(
            "جا انداختن روش‌های مبتنی بر فناوری اطلاعات در کار دبیرخانه‌ها و ترسیم راه رسیدن به "
            "دبیرخانه الکترونیک و دولت الکترونیک."
        ),
        meetings_per_month=2,
    ),
    BodyFacts(
        slug="follow-up",
        kind="committee",
        name="کمیته پیگیری و ارزشیابی",
        short_name="پیگیری",
        purpose=(
            "پیگیری اجرای درست و کامل تصمیم‌های هیئت رئیسه و مجمع عمومی، و ارزشیابی دبیرخانه‌ها برای رسیدن به استاندارد "
            "و توانمند شدن دبیرخانه‌های کمترتوسعه‌یافته."
        ),
        meetings_per_month=2,
        follows_up=True,
    ),
)

BODIES = (ASSEMBLY, BOARD, *COMMITTEES)

VENUES = {1: "نهاد ریاست جمهوری"}
NOTES = {
    1: (
        "نخستین نشست، با حضور معاون توسعه مدیریت و سرمایه انسانی رئیس‌جمهور، معاون پشتیبانی و تحول اداری ریاست جمهوری "
        "و چند تن از مقامات نهاد ریاست جمهوری."
    ),
    3: (
        "در این نشست اساسنامه در ۱۱ ماده تصویب شد و «شورای هماهنگی مسئولان دبیرخانه وزارتخانه‌ها، نهادها و سازمان‌ها» "
        "به «اجلاس مدیران دبیرخانه‌های قوای سه‌گانه» تغییر نام داد."
    ),
}

DOCUMENTS = (
    DocumentFacts(
        slug="bylaws",
        kind="bylaws",
        title="اساسنامه اجلاس مدیران دبیرخانه‌های قوای سه‌گانه",
        summary="قواعد کار اجلاس؛ ویرایش نخست آن را سومین اجلاس در ۱۱ ماده تصویب کرد.",
        adopted_in=BYLAWS_ADOPTED_IN,
        articles_stated=BYLAWS_ARTICLES,
    ),
    DocumentFacts(
        slug="charter",
        kind="charter",
        title="منشور اجلاس مدیران دبیرخانه‌های قوای سه‌گانه",
        summary="مصوب مجمع عمومی.",
    ),
)
