"""The fictional council's organisations, beside those of the real record, and the names of its people."""

# address, name, branch of state, kind
ORGANIZATIONS = (
    ("foreign-affairs", "وزارت امور خارجه", "executive", "ministry"),
    ("interior", "وزارت کشور", "executive", "ministry"),
    ("economy", "وزارت امور اقتصادی و دارایی", "executive", "ministry"),
    ("education", "وزارت آموزش و پرورش", "executive", "ministry"),
    ("science", "وزارت علوم، تحقیقات و فناوری", "executive", "ministry"),
    ("culture", "وزارت فرهنگ و ارشاد اسلامی", "executive", "ministry"),
    ("justice", "وزارت دادگستری", "executive", "ministry"),
    ("defence", "وزارت دفاع و پشتیبانی نیروهای مسلح", "executive", "ministry"),
    ("roads-urban-development", "وزارت راه و شهرسازی", "executive", "ministry"),
    ("industry", "وزارت صنعت، معدن و تجارت", "executive", "ministry"),
    ("communications", "وزارت ارتباطات و فناوری اطلاعات", "executive", "ministry"),
    ("labour", "وزارت تعاون، کار و رفاه اجتماعی", "executive", "ministry"),
    ("sports", "وزارت ورزش و جوانان", "executive", "ministry"),
    ("tourism", "وزارت میراث فرهنگی، گردشگری و صنایع دستی", "executive", "ministry"),
    ("planning-budget", "سازمان برنامه و بودجه کشور", "executive", "organization"),
    ("administrative-employment", "سازمان اداری و استخدامی کشور", "executive", "organization"),
    ("environment", "سازمان حفاظت محیط زیست", "executive", "organization"),
    ("standards", "سازمان ملی استاندارد ایران", "executive", "organization"),
    ("welfare", "سازمان بهزیستی کشور", "executive", "organization"),
    ("social-security", "سازمان تأمین اجتماعی", "executive", "organization"),
    ("tax", "سازمان امور مالیاتی کشور", "executive", "organization"),
    ("meteorology", "سازمان هواشناسی کشور", "executive", "organization"),
    ("civil-aviation", "سازمان هواپیمایی کشوری", "executive", "organization"),
    ("ports", "سازمان بنادر و دریانوردی", "executive", "organization"),
    ("geology", "سازمان زمین‌شناسی و اکتشافات معدنی کشور", "executive", "organization"),
    ("forests", "سازمان منابع طبیعی و آبخیزداری کشور", "executive", "organization"),
    ("veterinary", "سازمان دامپزشکی کشور", "executive", "organization"),
    ("food-drug", "سازمان غذا و دارو", "executive", "organization"),
    ("health-insurance", "سازمان بیمه سلامت ایران", "executive", "organization"),
    ("emergency", "سازمان اورژانس کشور", "executive", "organization"),
    ("blood-transfusion", "سازمان انتقال خون ایران", "executive", "organization"),
    ("crisis-management", "سازمان مدیریت بحران کشور", "executive", "organization"),
    ("municipalities", "سازمان شهرداری‌ها و دهیاری‌های کشور", "executive", "organization"),
    ("endowments", "سازمان اوقاف و امور خیریه", "executive", "organization"),
    ("hajj", "سازمان حج و زیارت", "executive", "organization"),
    ("technical-training", "سازمان آموزش فنی و حرفه‌ای کشور", "executive", "organization"),
    ("literacy", "سازمان نهضت سوادآموزی", "executive", "organization"),
    ("educational-assessment", "سازمان سنجش آموزش کشور", "executive", "organization"),
    ("student-affairs", "سازمان امور دانشجویان", "executive", "organization"),
    ("industrial-management", "سازمان مدیریت صنعتی", "executive", "organization"),
    ("trade-promotion", "سازمان توسعه تجارت ایران", "executive", "organization"),
    ("consumer-protection", "سازمان حمایت مصرف‌کنندگان و تولیدکنندگان", "executive", "organization"),
    ("space", "سازمان فضایی ایران", "executive", "organization"),
    ("information-technology", "سازمان فناوری اطلاعات ایران", "executive", "organization"),
    ("radio-regulatory", "سازمان تنظیم مقررات و ارتباطات رادیویی", "executive", "organization"),
    ("privatization", "سازمان خصوصی‌سازی", "executive", "organization"),
    ("state-properties", "سازمان جمع‌آوری و فروش اموال تملیکی", "executive", "organization"),
    ("investment", "سازمان سرمایه‌گذاری و کمک‌های اقتصادی و فنی ایران", "executive", "organization"),
    ("nomads", "سازمان امور عشایر ایران", "executive", "organization"),
    ("rural-cooperatives", "سازمان مرکزی تعاون روستایی ایران", "executive", "organization"),
    ("renewable-energy", "سازمان انرژی‌های تجدیدپذیر و بهره‌وری انرژی برق", "executive", "organization"),
    ("prisons", "سازمان زندان‌ها و اقدامات تأمینی و تربیتی کشور", "judiciary", "organization"),
    ("registration", "سازمان ثبت اسناد و املاک کشور", "judiciary", "organization"),
    ("inspection", "سازمان بازرسی کل کشور", "judiciary", "organization"),
    ("forensic-medicine", "سازمان پزشکی قانونی کشور", "judiciary", "organization"),
    ("administrative-justice", "دیوان عدالت اداری", "judiciary", "institution"),
    ("supreme-court", "دیوان عالی کشور", "judiciary", "institution"),
    ("audit-court", "دیوان محاسبات کشور", "legislative", "institution"),
    ("parliament-research", "مرکز پژوهش‌های مجلس شورای اسلامی", "legislative", "institution"),
    ("parliament-library", "کتابخانه، موزه و مرکز اسناد مجلس شورای اسلامی", "legislative", "institution"),
    ("expediency-council", "مجمع تشخیص مصلحت نظام", "other", "council"),
    ("cultural-revolution", "شورای عالی انقلاب فرهنگی", "other", "council"),
    ("broadcasting", "سازمان صدا و سیمای جمهوری اسلامی ایران", "other", "organization"),
    ("red-crescent", "جمعیت هلال احمر جمهوری اسلامی ایران", "other", "institution"),
    ("relief-committee", "کمیته امداد", "other", "institution"),
    ("housing-foundation", "بنیاد مسکن انقلاب اسلامی", "other", "institution"),
    ("central-bank", "بانک مرکزی جمهوری اسلامی ایران", "executive", "institution"),
    ("central-insurance", "بیمه مرکزی جمهوری اسلامی ایران", "executive", "institution"),
    ("statistics", "مرکز آمار ایران", "executive", "institution"),
    ("civil-registration", "سازمان ثبت احوال کشور", "executive", "organization"),
    ("post", "شرکت ملی پست جمهوری اسلامی ایران", "executive", "company"),
    ("telecom-infrastructure", "شرکت ارتباطات زیرساخت", "executive", "company"),
    ("railways", "شرکت راه‌آهن جمهوری اسلامی ایران", "executive", "company"),
    ("national-gas", "شرکت ملی گاز ایران", "executive", "company"),
    ("power-generation", "شرکت تولید نیروی برق حرارتی", "executive", "company"),
)
PARENTS = {
    "power-generation": "energy",
    "renewable-energy": "energy",
    "national-gas": "petroleum",
    "post": "communications",
    "telecom-infrastructure": "communications",
    "information-technology": "communications",
    "railways": "roads-urban-development",
    "food-drug": "health",
    "emergency": "health",
    "tax": "economy",
    "educational-assessment": "science",
    "veterinary": "agriculture",
    "parliament-research": "majlis",
}
# Earlier names: address, name, and the fictional note beside it.
EARLIER_NAMES = (
    ("labour", "وزارت کار و امور اجتماعی", "پیش از ادغام سه وزارتخانه (داده نمایشی)"),
    ("labour", "وزارت تعاون", "پیش از ادغام سه وزارتخانه (داده نمایشی)"),
    ("forests", "سازمان جنگل‌ها، مراتع و آبخیزداری کشور", "نام پیشین (داده نمایشی)"),
    ("tourism", "سازمان میراث فرهنگی، صنایع دستی و گردشگری", "پیش از آن که وزارتخانه شود (داده نمایشی)"),
)
# One that was merged into another and left: address, name, into.
MERGED = ("housing", "وزارت مسکن و شهرسازی", "roads-urban-development")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


WOMEN = _words(
    "زهرا فاطمه مریم لیلا نرگس سمیه الهام مهناز شهین پروین ناهید فریبا سیمین طاهره معصومه نسرین "
    "اعظم شیرین مهری آزاده رؤیا پریسا نیلوفر فرزانه هما مینا ژاله سودابه افسانه گیتی"
)
MEN = _words(
    "محمد علی حسین رضا حسن مهدی احمد سعید مجید حمید ناصر بهروز جواد کاظم ابراهیم یوسف داریوش کیوان "
    "پرویز منوچهر هوشنگ عباس اکبر امیر بهمن فرهاد کامران سیاوش آرش بابک خسرو نادر مسعود محسن وحید "
    "مصطفی مرتضی هادی صادق یعقوب"
)
FAMILIES = _words(
    "احمدیان رستگار کریم‌پور نیک‌خواه صدری موحد فرهمند آزادی باقرزاده بهرامی پارسا تهرانی‌فر جلالی حکیمی "
    "خدادادی دانشور ذاکری رحیمی‌نژاد زارع‌پور ساعدی شریفی صالحیان طالبی ظریف‌کار عابدینی غفوری فرجامی قنبری "
    "کاویانی گلستانی لطفی مقدم‌فر نادری وکیلی هاشمی‌نیا یزدان‌پناه آذرنوش بختیاری پیروزفر توکلی ثابتی جوادیان "
    "حاتمی خسروانی درویش‌زاده رازی زمانی سرمدی شاکری صفایی ضرغامی طباطبایی‌نژاد عرفانی فیروزمند قاسم‌زاده "
    "کامیابی گرامی محمودیان نصیری ورزنده همایونی یاوری امینی‌راد بیات‌پور پژوهنده ترابی چمن‌آرا حق‌شناس خوش‌رو "
    "دادگر رئوفی سپهری شهابی صابرپور عزیزی‌مهر فاضل‌نیا کرمانی‌پور مشفق نورایی واعظی هنرمند"
)
